using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>Temporal's OperatorService: search attributes and namespaces.</summary>
internal sealed class OperatorService(ServerState state)
{
    public Task<AddSearchAttributesResponse> AddSearchAttributes(AddSearchAttributesRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            SearchAttributeTypes attributes = Space(request.Namespace).Attributes;
            foreach ((string name, IndexedValueType type) in request.SearchAttributes)
            {
                // One that is there with the same type is no mistake.
                if (attributes.Of(name) is { } known && (known != type || !attributes.Custom.ContainsKey(name)))
                {
                    throw RpcErrors.Of(StatusCode.AlreadyExists, $"Search attribute {name} already exists.");
                }

                if (type == IndexedValueType.Unspecified)
                {
                    throw RpcErrors.InvalidArgument($"Unable to save search attribute {name}: unknown type.");
                }
            }

            foreach ((string name, IndexedValueType type) in request.SearchAttributes)
            {
                attributes.Custom[name] = type;
            }

            return new AddSearchAttributesResponse();
        }));

    public Task<RemoveSearchAttributesResponse> RemoveSearchAttributes(RemoveSearchAttributesRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            SearchAttributeTypes attributes = Space(request.Namespace).Attributes;
            foreach (string name in request.SearchAttributes)
            {
                attributes.Custom.Remove(name);
            }

            return new RemoveSearchAttributesResponse();
        }));

    public Task<ListSearchAttributesResponse> ListSearchAttributes(ListSearchAttributesRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            ListSearchAttributesResponse response = new();
            response.CustomAttributes.Add(Space(request.Namespace).Attributes.Custom);
            response.SystemAttributes.Add(SearchAttributeTypes.BuiltIn.ToDictionary(StringComparer.Ordinal));
            return response;
        }));

    public Task<DeleteNamespaceResponse> DeleteNamespace(DeleteNamespaceRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            state.Namespaces.Remove(space.Name);
            return new DeleteNamespaceResponse { DeletedNamespace = $"{space.Name}-deleted-{space.Id[..5]}" };
        }));

    public Task<ListClustersResponse> ListClusters(ListClustersRequest request, ServerCallContext call) =>
        Task.FromResult(new ListClustersResponse
    {
        Clusters = { new ClusterMetadata { ClusterName = "active", ClusterId = state.ClusterId, Address = call.Host, HistoryShardCount = 1,
            InitialFailoverVersion = 1, IsConnectionEnabled = true } },
    });

    private TemporalNamespace Space(string name) =>
        state.Namespaces.GetValueOrDefault(name.Length == 0 ? "default" : name) ?? throw NamespaceErrors.NotFound(name);
}
