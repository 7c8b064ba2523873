using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Tells what the server is and has: namespaces, task queues, capabilities.</content>
internal sealed partial class WorkflowService
{
    private static readonly TimeSpan PollersAreShownFor = TimeSpan.FromMinutes(5);

    public Task<GetSystemInfoResponse> GetSystemInfo(GetSystemInfoRequest request, ServerCallContext call) =>
        Task.FromResult(new GetSystemInfoResponse
    {
        ServerVersion = TemporalBox.ServerVersion,
        Capabilities = new()
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            EncodedFailureAttributes = true,
            UpsertMemo = true,
            EagerWorkflowStart = true,
            BuildIdBasedVersioning = true,
            SdkMetadata = true,
            SupportsSchedules = true,
            CountGroupByExecutionStatus = true,
        },
    });

    public Task<GetClusterInfoResponse> GetClusterInfo(GetClusterInfoRequest request, ServerCallContext call) =>
        Task.FromResult(new GetClusterInfoResponse
    {
        ServerVersion = TemporalBox.ServerVersion,
        ClusterId = state.ClusterId,
        ClusterName = "active",
        HistoryShardCount = 1,
        PersistenceStore = "memory",
        VisibilityStore = "memory",
        InitialFailoverVersion = 1,
        FailoverVersionIncrement = 10,
    });

    public Task<RegisterNamespaceResponse> RegisterNamespace(RegisterNamespaceRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            if (request.Namespace.Length == 0)
            {
                throw RpcErrors.InvalidArgument("Namespace is not set on request.");
            }

            if (state.Namespaces.ContainsKey(request.Namespace))
            {
                throw RpcErrors.Of(StatusCode.AlreadyExists, $"Namespace \"{request.Namespace}\" already exists");
            }

            state.Namespaces[request.Namespace] = new TemporalNamespace(state, request.Namespace)
            {
                Description = request.Description,
                OwnerEmail = request.OwnerEmail,
                Retention = Time(request.WorkflowExecutionRetentionPeriod),
            };
            return new RegisterNamespaceResponse();
        }));

    public Task<DescribeNamespaceResponse> DescribeNamespace(DescribeNamespaceRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() => Describe(
            state.Namespaces.Values.FirstOrDefault(space =>
                space.Name == request.Namespace || (request.Namespace.Length == 0 && space.Id == request.Id))
                ?? throw NamespaceErrors.NotFound(request.Namespace.Length > 0 ? request.Namespace : request.Id))));

    public Task<ListNamespacesResponse> ListNamespaces(ListNamespacesRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        ListNamespacesResponse response = new();
        response.Namespaces.AddRange(state.Namespaces.Values.OrderBy(space => space.Name, StringComparer.Ordinal).Select(Describe));
        return response;
    }));

    public Task<UpdateNamespaceResponse> UpdateNamespace(UpdateNamespaceRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        TemporalNamespace space = Space(request.Namespace);
        space.Description = request.UpdateInfo?.Description is { Length: > 0 } description ? description : space.Description;
        space.OwnerEmail = request.UpdateInfo?.OwnerEmail is { Length: > 0 } owner ? owner : space.OwnerEmail;
        space.Retention = request.Config?.WorkflowExecutionRetentionTtl?.ToTimeSpan() ?? space.Retention;
        DescribeNamespaceResponse now = Describe(space);
        return new UpdateNamespaceResponse { NamespaceInfo = now.NamespaceInfo, Config = now.Config,
            ReplicationConfig = now.ReplicationConfig };
    }));

    public Task<GetSearchAttributesResponse> GetSearchAttributes(GetSearchAttributesRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        GetSearchAttributesResponse response = new();
        response.Keys.Add(SearchAttributeTypes.System.ToDictionary(StringComparer.Ordinal));
        foreach ((string name, IndexedValueType type) in state.Namespaces.Values.SelectMany(space => space.Attributes.Custom))
        {
            response.Keys[name] = type;
        }

        return response;
    }));

    public Task<DescribeTaskQueueResponse> DescribeTaskQueue(DescribeTaskQueueRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        TaskQueues queues = Space(request.Namespace).Queues;
        string name = request.TaskQueue.Name;
        bool isActivity = request.TaskQueueType == TaskQueueType.Activity;
        DescribeTaskQueueResponse response = new() { Stats = StatsOf(queues, name, isActivity) };
        response.Pollers.AddRange(PollersOf(queues, name, isActivity));
        if (request.ApiMode == DescribeTaskQueueMode.Enhanced)
        {
            // All workers without a version are one build with an empty name.
            TaskQueueVersionInfo all = new() { TaskReachability = BuildIdTaskReachability.Reachable };
            foreach (TaskQueueType type in request.TaskQueueTypes.Count > 0
                ? request.TaskQueueTypes.ToArray() : [TaskQueueType.Workflow, TaskQueueType.Activity])
            {
                TaskQueueTypeInfo info = new();
                info.Pollers.AddRange(request.ReportPollers ? PollersOf(queues, name, type == TaskQueueType.Activity) : []);
                info.Stats = request.ReportStats ? StatsOf(queues, name, type == TaskQueueType.Activity) : null;
                all.TypesInfo[(int)type] = info;
            }

            response.VersionsInfo[""] = all;
        }

        return response;
    }));

    public Task<ListTaskQueuePartitionsResponse> ListTaskQueuePartitions(ListTaskQueuePartitionsRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
    {
        Space(request.Namespace);
        TaskQueuePartitionMetadata whole = new() { Key = request.TaskQueue.Name, OwnerHostName = call.Host };
        return new ListTaskQueuePartitionsResponse { WorkflowTaskQueuePartitions = { whole }, ActivityTaskQueuePartitions = { whole } };
    }));

    private IEnumerable<PollerInfo> PollersOf(TaskQueues queues, string name, bool isActivity) =>
        (isActivity ? queues.Activities(name).Pollers : queues.Workflows(name).Pollers)
            .Where(row => state.Time.WallNow - row.Value.At < PollersAreShownFor)
            .OrderBy(row => row.Key, StringComparer.Ordinal)
            .Select(row => new PollerInfo
            {
                Identity = row.Key, LastAccessTime = Timestamp.FromDateTimeOffset(row.Value.At), RatePerSecond = 100_000,
            });

    private static TaskQueueStats StatsOf(TaskQueues queues, string name, bool isActivity) => new()
    {
        ApproximateBacklogCount = isActivity ? queues.Activities(name).Backlog : queues.Workflows(name).Backlog,
        ApproximateBacklogAge = new Duration(),
    };

    private static DescribeNamespaceResponse Describe(TemporalNamespace space) => new()
    {
        NamespaceInfo = new NamespaceInfo
        {
            Name = space.Name,
            Id = space.Id,
            State = NamespaceState.Registered,
            Description = space.Description,
            OwnerEmail = space.OwnerEmail,
            SupportsSchedules = true,
            Capabilities = new() { EagerWorkflowStart = true, SyncUpdate = true, AsyncUpdate = true },
            Limits = new() { BlobSizeLimitError = Sizes.Blob, MemoSizeLimitError = Sizes.Memo },
        },
        Config = new NamespaceConfig
        {
            WorkflowExecutionRetentionTtl = Duration.FromTimeSpan(space.Retention),
            HistoryArchivalState = ArchivalState.Disabled,
            VisibilityArchivalState = ArchivalState.Disabled,
            BadBinaries = new(),
        },
        ReplicationConfig = new NamespaceReplicationConfig
        {
            ActiveClusterName = "active",
            Clusters = { new ClusterReplicationConfig { ClusterName = "active" } },
            State = ReplicationState.Normal,
        },
    };
}
