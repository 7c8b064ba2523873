using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Orchestrator.Kubernetes;

/// <content>
/// The call of the official client for this address: it has one for each of cluster and namespace, object, status and scale.
/// </content>
internal sealed partial record ResourceAddress
{
    public Task<JsonObject> GetAsync(ICustomObjectsOperations api, CancellationToken cancellationToken) => (Namespace, Subresource) switch
    {
        (null, null) => api.GetClusterCustomObjectAsync<JsonObject>(GroupPart, VersionPart, PluralPart, NamePart, cancellationToken),
        (null, "status") => api.GetClusterCustomObjectStatusAsync<JsonObject>(
            GroupPart, VersionPart, PluralPart, NamePart, cancellationToken),
        (null, "scale") => api.GetClusterCustomObjectScaleAsync<JsonObject>(
            GroupPart, VersionPart, PluralPart, NamePart, cancellationToken),
        (_, null) => api.GetNamespacedCustomObjectAsync<JsonObject>(
            GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, cancellationToken),
        (_, "status") => api.GetNamespacedCustomObjectStatusAsync<JsonObject>(
            GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, cancellationToken),
        (_, "scale") => api.GetNamespacedCustomObjectScaleAsync<JsonObject>(
            GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, cancellationToken),
        _ => throw Unknown(),
    };

    public Task<HttpOperationResponse<T>> ListAsync<T>(ICustomObjectsOperations api, ListQuery query, CancellationToken cancellationToken)
    {
        bool? watch = query.WatchSeconds is null ? null : true;
        return (Namespace, Type.Namespaced) switch
        {
            (null, false) => api.ListClusterCustomObjectWithHttpMessagesAsync<T>(
                GroupPart, VersionPart, PluralPart, watch, query.Continue, query.FieldSelector, query.LabelSelector, query.Limit,
                query.ResourceVersion, query.ResourceVersionMatch, query.WatchSeconds, watch, cancellationToken: cancellationToken),
            (null, true) => api.ListCustomObjectForAllNamespacesWithHttpMessagesAsync<T>(
                GroupPart, VersionPart, PluralPart, watch, query.Continue, query.FieldSelector, query.LabelSelector, query.Limit,
                query.ResourceVersion, query.ResourceVersionMatch, query.WatchSeconds, watch, cancellationToken: cancellationToken),
            _ => api.ListNamespacedCustomObjectWithHttpMessagesAsync<T>(
                GroupPart, VersionPart, NamespacePart, PluralPart, watch, query.Continue, query.FieldSelector, query.LabelSelector,
                query.Limit, query.ResourceVersion, query.ResourceVersionMatch, query.WatchSeconds, watch,
                cancellationToken: cancellationToken),
        };
    }

    public Task<JsonObject> CreateAsync(ICustomObjectsOperations api, JsonObject obj, CancellationToken cancellationToken) =>
        Namespace is null
            ? api.CreateClusterCustomObjectAsync<JsonObject>(
                obj, GroupPart, VersionPart, PluralPart, cancellationToken: cancellationToken)
            : api.CreateNamespacedCustomObjectAsync<JsonObject>(
                obj, GroupPart, VersionPart, NamespacePart, PluralPart, cancellationToken: cancellationToken);

    public Task<JsonObject> ReplaceAsync(ICustomObjectsOperations api, JsonObject obj, CancellationToken cancellationToken) =>
        (Namespace, Subresource) switch
        {
            (null, null) => api.ReplaceClusterCustomObjectAsync<JsonObject>(
                obj, GroupPart, VersionPart, PluralPart, NamePart, cancellationToken: cancellationToken),
            (null, "status") => api.ReplaceClusterCustomObjectStatusAsync<JsonObject>(
                obj, GroupPart, VersionPart, PluralPart, NamePart, cancellationToken: cancellationToken),
            (null, "scale") => api.ReplaceClusterCustomObjectScaleAsync<JsonObject>(
                obj, GroupPart, VersionPart, PluralPart, NamePart, cancellationToken: cancellationToken),
            (_, null) => api.ReplaceNamespacedCustomObjectAsync<JsonObject>(
                obj, GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, cancellationToken: cancellationToken),
            (_, "status") => api.ReplaceNamespacedCustomObjectStatusAsync<JsonObject>(
                obj, GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, cancellationToken: cancellationToken),
            (_, "scale") => api.ReplaceNamespacedCustomObjectScaleAsync<JsonObject>(
                obj, GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, cancellationToken: cancellationToken),
            _ => throw Unknown(),
        };

    public Task<JsonObject> PatchAsync(
        ICustomObjectsOperations api, V1Patch patch, string? manager, bool? force, string? dryRun, CancellationToken cancellationToken) =>
        (Namespace, Subresource) switch
        {
            (null, null) => api.PatchClusterCustomObjectAsync<JsonObject>(
                patch, GroupPart, VersionPart, PluralPart, NamePart, dryRun, manager, null, force, cancellationToken),
            (null, "status") => api.PatchClusterCustomObjectStatusAsync<JsonObject>(
                patch, GroupPart, VersionPart, PluralPart, NamePart, dryRun, manager, null, force, cancellationToken),
            (null, "scale") => api.PatchClusterCustomObjectScaleAsync<JsonObject>(
                patch, GroupPart, VersionPart, PluralPart, NamePart, dryRun, manager, null, force, cancellationToken),
            (_, null) => api.PatchNamespacedCustomObjectAsync<JsonObject>(
                patch, GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, dryRun, manager, null, force, cancellationToken),
            (_, "status") => api.PatchNamespacedCustomObjectStatusAsync<JsonObject>(
                patch, GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, dryRun, manager, null, force, cancellationToken),
            (_, "scale") => api.PatchNamespacedCustomObjectScaleAsync<JsonObject>(
                patch, GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, dryRun, manager, null, force, cancellationToken),
            _ => throw Unknown(),
        };

    public Task DeleteAsync(ICustomObjectsOperations api, V1DeleteOptions options, CancellationToken cancellationToken) => Namespace is null
        ? api.DeleteClusterCustomObjectAsync<JsonObject>(
            GroupPart, VersionPart, PluralPart, NamePart, options, cancellationToken: cancellationToken)
        : api.DeleteNamespacedCustomObjectAsync<JsonObject>(
            GroupPart, VersionPart, NamespacePart, PluralPart, NamePart, options, cancellationToken: cancellationToken);

    private ArgumentException Unknown() => new($"Only the subresources status and scale can be read and written; '{Subresource}' cannot.");
}
