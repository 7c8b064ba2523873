using Orchestrator.Sandbox.Temporal.Batches;
using Orchestrator.Sandbox.Temporal.Deployments;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Schedules;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Namespaces;

/// <summary>A namespace: its runs, task queues and search attributes.</summary>
internal sealed class TemporalNamespace(ServerState state, string name)
{
    private readonly Dictionary<string, WorkflowRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowRun> _current = new(StringComparer.Ordinal);
    private readonly HashSet<WorkflowRun> _open = [];

    public ServerState State { get; } = state;

    public string Name { get; } = name;

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Description { get; set; } = "";

    public string OwnerEmail { get; set; } = "";

    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    public TaskQueues Queues { get; } = new(state);

    public WorkerDeployments Deployments { get; } = new(state);

    public SearchAttributeTypes Attributes { get; } = new();

    /// <summary>The schedules by id.</summary>
    public Dictionary<string, ScheduleRuns> Schedules { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of schedules that were deleted: they are answered for as such.</summary>
    public HashSet<string> DeletedSchedules { get; } = new(StringComparer.Ordinal);

    /// <summary>What was done to many workflows at once, the oldest first.</summary>
    public List<BatchOperation> Batches { get; } = [];

    /// <summary>All runs in the order in which they were started.</summary>
    public List<WorkflowRun> Runs { get; } = [];

    /// <summary>Those that have not ended.</summary>
    public IEnumerable<WorkflowRun> OpenRuns => _open;

    /// <summary>The newest run of a workflow; null where there is none.</summary>
    public WorkflowRun? Current(string workflowId) => _current.GetValueOrDefault(workflowId);

    /// <summary>A run by its id; null where there is none, or it is of another workflow.</summary>
    public WorkflowRun? Find(string workflowId, string runId) =>
        _runs.GetValueOrDefault(runId) is { } run && (workflowId.Length == 0 || run.WorkflowId == workflowId) ? run : null;

    /// <summary>The run that a call names; without a run id the newest.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none.</exception>
    public WorkflowRun Get(WorkflowExecution? execution)
    {
        string workflowId = execution?.WorkflowId ?? "";
        string runId = execution?.RunId ?? "";
        if (workflowId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("WorkflowId is not set on request.");
        }

        if (runId.Length > 0 && !Guid.TryParse(runId, out _))
        {
            throw RpcErrors.InvalidArgument("Invalid RunId.");
        }

        WorkflowRun run = (runId.Length > 0 ? Find(workflowId, runId) : Current(workflowId))
            ?? throw RpcErrors.NotFound(runId.Length > 0
                ? $"workflow not found for ID: {workflowId} and runID: {runId}"
                : $"workflow not found for ID: {workflowId}");
        State.Asked = run;
        return run;
    }

    /// <summary>The run of a task token.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none.</exception>
    public WorkflowRun Get(TaskToken token) => Find("", token.RunId) ?? throw RpcErrors.NotFound("workflow execution not found");

    /// <summary>The same, where it has not ended.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is none, or it has.</exception>
    public WorkflowRun GetOpen(WorkflowExecution? execution) =>
        Get(execution) is { IsOpen: true } run ? run : throw RpcErrors.NotFound("workflow execution already completed");

    /// <summary>Whether a workflow id may be used anew.</summary>
    public bool MayStart(string workflowId, WorkflowIdReusePolicy policy) => Current(workflowId) switch
    {
        null => true,
        { IsOpen: true } => false,
        { Status: WorkflowExecutionStatus.Completed } =>
            policy is not (WorkflowIdReusePolicy.RejectDuplicate or WorkflowIdReusePolicy.AllowDuplicateFailedOnly),
        _ => policy != WorkflowIdReusePolicy.RejectDuplicate,
    };

    /// <summary>Makes a run and begins it.</summary>
    public WorkflowRun Start(RunSpec spec)
    {
        WorkflowRun run = Prepare(spec);
        Begin(run);
        return run;
    }

    /// <summary>Makes a run that is to follow another one, and is named in its last event.</summary>
    public WorkflowRun Prepare(RunSpec spec) => new(this, spec, Guid.CreateVersion7().ToString());

    /// <summary>Begins a run that was made.</summary>
    public void Begin(WorkflowRun run)
    {
        Add(run);
        run.Begin();
    }

    /// <summary>Begins a run that was made with the history of another.</summary>
    public void Resume(WorkflowRun run, IReadOnlyList<HistoryEvent> taken)
    {
        Add(run);
        run.Resume(taken);
    }

    /// <summary>Takes note that a run has ended.</summary>
    public void Closed(WorkflowRun run)
    {
        _open.Remove(run);
        if (run.NextRunId.Length == 0 && Schedules.Count > 0)
        {
            State.Defer(() => Schedules.Values.ToList().ForEach(schedule => schedule.Ended(run)));
        }
    }

    /// <summary>Forgets a run.</summary>
    public void Delete(WorkflowRun run)
    {
        _runs.Remove(run.RunId);
        _open.Remove(run);
        Runs.Remove(run);
        if (Current(run.WorkflowId) == run)
        {
            _current.Remove(run.WorkflowId);
        }
    }

    private void Add(WorkflowRun run)
    {
        _runs[run.RunId] = run;
        _current[run.WorkflowId] = run;
        _open.Add(run);
        Runs.Add(run);
    }

    /// <summary>What is wrong with search attributes; null where nothing is.</summary>
    public string? SearchAttributeFault(SearchAttributes? attributes) => Attributes.Fault(attributes, Name);

    /// <summary>Search attributes without those that have no value; null where none has one.</summary>
    public static SearchAttributes? WithoutNulls(SearchAttributes? attributes)
    {
        SearchAttributes left = new();
        foreach ((string attribute, Payload value) in attributes?.IndexedFields.Where(row => !SearchAttributeTypes.IsNull(row.Value)) ?? [])
        {
            left.IndexedFields[attribute] = value;
        }

        return left.IndexedFields.Count > 0 ? left : null;
    }

    /// <summary>Sets search attributes of a run, with their types; a null value removes one.</summary>
    public static void Upsert(WorkflowRun run, SearchAttributes attributes)
    {
        foreach ((string attribute, Payload value) in attributes.IndexedFields)
        {
            if (SearchAttributeTypes.IsNull(value))
            {
                run.SearchAttributes.IndexedFields.Remove(attribute);
            }
            else
            {
                run.SearchAttributes.IndexedFields[attribute] = value;
            }
        }
    }
}
