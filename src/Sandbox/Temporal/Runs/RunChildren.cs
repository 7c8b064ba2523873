using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>A child that has not ended, as its parent knows it.</summary>
internal sealed record PendingChild(HistoryEvent Initiated)
{
    public StartChildWorkflowExecutionInitiatedEventAttributes Attributes => Initiated.StartChildWorkflowExecutionInitiatedEventAttributes;

    /// <summary>The event of its start; null before it is started.</summary>
    public HistoryEvent? Started { get; set; }

    /// <summary>The first run of its chain; null before it is started.</summary>
    public string? FirstRunId { get; set; }
}

/// <summary>
/// The children of a run: started after the workflow task that asked for them, and reported when the last run of their chain ends.
/// </summary>
internal sealed class RunChildren(WorkflowRun run)
{
    private readonly Dictionary<long, PendingChild> _open = [];

    /// <summary>Those that have not ended, in the order in which they were asked for.</summary>
    public IEnumerable<PendingChild> Open => _open.Values.OrderBy(child => child.Initiated.EventId);

    /// <summary>How many have not ended.</summary>
    public int Count => _open.Count;

    /// <summary>Writes that one is to start, and starts it once this change is made.</summary>
    public void Initiate(Command command, long completedId)
    {
        StartChildWorkflowExecutionCommandAttributes wanted = command.StartChildWorkflowExecutionCommandAttributes;
        HistoryEvent initiated = run.History.Make(EventType.StartChildWorkflowExecutionInitiated, command);
        initiated.StartChildWorkflowExecutionInitiatedEventAttributes = new()
        {
            Namespace = run.Space.Name,
            NamespaceId = run.Space.Id,
            WorkflowId = wanted.WorkflowId,
            WorkflowType = wanted.WorkflowType,
            TaskQueue = wanted.TaskQueue?.Name is { Length: > 0 } ? new() { Name = wanted.TaskQueue.Name, Kind = TaskQueueKind.Normal }
                : run.QueueMessage(),
            Input = wanted.Input,
            WorkflowExecutionTimeout = wanted.WorkflowExecutionTimeout?.ToTimeSpan() > TimeSpan.Zero
                ? wanted.WorkflowExecutionTimeout : null,
            WorkflowRunTimeout = wanted.WorkflowRunTimeout ?? new(),
            WorkflowTaskTimeout = wanted.WorkflowTaskTimeout is { } limit && limit.ToTimeSpan() > TimeSpan.Zero
                ? limit
                : Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(run.Spec.TaskTimeout),
            ParentClosePolicy = wanted.ParentClosePolicy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate
                : wanted.ParentClosePolicy,
            Control = wanted.Control,
            WorkflowTaskCompletedEventId = completedId,
            WorkflowIdReusePolicy = wanted.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified
                ? WorkflowIdReusePolicy.AllowDuplicate
                : wanted.WorkflowIdReusePolicy,
            RetryPolicy = wanted.RetryPolicy is null ? null : RetrySchedule.Filled(wanted.RetryPolicy),
            CronSchedule = wanted.CronSchedule,
            Header = wanted.Header,
            Memo = wanted.Memo is { Fields.Count: > 0 } ? wanted.Memo : null,
            SearchAttributes = wanted.SearchAttributes is { IndexedFields.Count: > 0 } ? wanted.SearchAttributes : null,
            Priority = wanted.Priority,
            InheritBuildId = wanted.InheritBuildId,
        };
        PendingChild child = new(run.History.Append(initiated));
        _open[initiated.EventId] = child;
        run.State.Defer(() => Start(child));
    }

    /// <summary>The event of a child's end, which its parent sees.</summary>
    public void Ended(WorkflowRun child, HistoryEvent end)
    {
        if (!run.IsOpen || child.Spec.Parent is not { } parent || !_open.Remove(parent.InitiatedId, out PendingChild? pending))
        {
            return;
        }

        run.Add(ChildEnd.Of(run, child, parent.InitiatedId, end), pending.Started);
    }

    /// <summary>Does to the children what their policies say, now that their parent has ended.</summary>
    public void ParentClosed()
    {
        foreach (PendingChild child in Open.Where(child => child.FirstRunId is not null).ToList())
        {
            if (run.Space.Current(child.Attributes.WorkflowId) is not { IsOpen: true } current || current.FirstRunId != child.FirstRunId)
            {
                continue;
            }

            if (child.Attributes.ParentClosePolicy == ParentClosePolicy.Terminate)
            {
                RunEnds.Terminate(current, "by parent close policy", null, "history-service");
            }
            else if (child.Attributes.ParentClosePolicy == ParentClosePolicy.RequestCancel)
            {
                current.RequestCancel("", "history-service", run.Execution, 0);
            }
        }
    }

    /// <summary>Brings them to where they are after an event of the run whose history is taken over.</summary>
    public void Restore(HistoryEvent made)
    {
        if (made.EventType == EventType.StartChildWorkflowExecutionInitiated)
        {
            _open[made.EventId] = new PendingChild(made);
        }
        else if (made.ChildWorkflowExecutionStartedEventAttributes is { } started
            && _open.TryGetValue(started.InitiatedEventId, out PendingChild? child))
        {
            child.Started = made;
            child.FirstRunId = started.WorkflowExecution.RunId;
        }

        _open.Remove(made.StartChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId
            ?? made.ChildWorkflowExecutionCompletedEventAttributes?.InitiatedEventId
            ?? made.ChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId
                ?? made.ChildWorkflowExecutionCanceledEventAttributes?.InitiatedEventId
            ?? made.ChildWorkflowExecutionTimedOutEventAttributes?.InitiatedEventId
                ?? made.ChildWorkflowExecutionTerminatedEventAttributes?.InitiatedEventId ?? 0);
    }

    private void Start(PendingChild child)
    {
        StartChildWorkflowExecutionInitiatedEventAttributes wanted = child.Attributes;
        if (!run.IsOpen && wanted.ParentClosePolicy != ParentClosePolicy.Abandon)
        {
            return;
        }

        RunSpec spec = new()
        {
            WorkflowId = wanted.WorkflowId,
            Type = wanted.WorkflowType.Name,
            TaskQueue = wanted.TaskQueue.Name,
            Input = wanted.Input,
            ExecutionTimeout = wanted.WorkflowExecutionTimeout?.ToTimeSpan() ?? TimeSpan.Zero,
            RunTimeout = wanted.WorkflowRunTimeout.ToTimeSpan(),
            TaskTimeout = wanted.WorkflowTaskTimeout.ToTimeSpan(),
            RetryPolicy = wanted.RetryPolicy,
            CronSchedule = wanted.CronSchedule,
            Memo = wanted.Memo,
            SearchAttributes = wanted.SearchAttributes,
            Header = wanted.Header,
            Priority = wanted.Priority,
            UserMetadata = child.Initiated.UserMetadata,
            Parent = new RunParent(run, child.Initiated.EventId),
            Root = run.Root,
            PinnedTo = run.Versioning.Inherited is { } build
                && run.Space.Deployments.Polls(build, wanted.TaskQueue.Name, TaskQueueType.Workflow) ? build : null,
        };
        if (!run.Space.MayStart(spec.WorkflowId, wanted.WorkflowIdReusePolicy))
        {
            Fail(child);
            return;
        }

        WorkflowRun started = run.Space.Start(spec);

        // The server first makes the child and then, in another step, gives it its first workflow task.
        started.Touch(isNew: true);
        child.FirstRunId = started.RunId;
        HistoryEvent made = run.History.Make(EventType.ChildWorkflowExecutionStarted);
        made.ChildWorkflowExecutionStartedEventAttributes = new()
        {
            Namespace = run.Space.Name,
            NamespaceId = run.Space.Id,
            InitiatedEventId = child.Initiated.EventId,
            WorkflowExecution = started.Execution,
            WorkflowType = wanted.WorkflowType,
            Header = wanted.Header,
        };
        child.Started = made;
        if (run.IsOpen)
        {
            run.Add(made);
        }
    }

    private void Fail(PendingChild child)
    {
        _open.Remove(child.Initiated.EventId);
        HistoryEvent failed = run.History.Make(EventType.StartChildWorkflowExecutionFailed);
        failed.StartChildWorkflowExecutionFailedEventAttributes = new()
        {
            Namespace = run.Space.Name,
            NamespaceId = run.Space.Id,
            WorkflowId = child.Attributes.WorkflowId,
            WorkflowType = child.Attributes.WorkflowType,
            Cause = StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists,
            Control = child.Attributes.Control,
            InitiatedEventId = child.Initiated.EventId,
        };
        if (run.IsOpen)
        {
            run.Add(failed);
        }
    }
}
