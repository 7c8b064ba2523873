using Orchestrator.Sandbox.Temporal.Deployments;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>How much of a workflow task is in the history before it is completed.</summary>
internal enum WorkflowTaskKind
{
    /// <summary>Its scheduling, and its start once it is started.</summary>
    Normal,

    /// <summary>Nothing: an earlier try failed. Its events are shown to the worker, and written when a try completes.</summary>
    Transient,

    /// <summary>Nothing: it only carries updates. Where all of them are rejected, nothing of it is ever written.</summary>
    Speculative,
}

/// <summary>What a poller of workflow tasks is given.</summary>
internal interface IWorkflowQueueTask : IQueuedTask
{
    /// <summary>The run that it is of.</summary>
    WorkflowRun Run { get; }
}

/// <summary>A workflow task of a run; at most one is open.</summary>
internal sealed class WorkflowTask(WorkflowRun run, WorkflowTaskKind kind, int attempt, long scheduledId, string? sticky)
    : IWorkflowQueueTask
{
    public WorkflowRun Run { get; } = run;

    public WorkflowTaskKind Kind { get; set; } = kind;

    /// <summary>The number of the try, from 1.</summary>
    public int Attempt { get; set; } = attempt;

    /// <summary>Id of its scheduling event, written or to be written.</summary>
    public long ScheduledId { get; set; } = scheduledId;

    public DateTimeOffset ScheduledAt { get; init; } = run.State.Time.Now;

    /// <summary>Id of its start event; zero before it is started.</summary>
    public long StartedId { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The sticky queue that it is meant for; null for the ordinary one.</summary>
    public string? Sticky { get; set; } = sticky;

    /// <summary>Whether it waits there, and its worker needs new events alone; else that queue's worker is gone.</summary>
    public bool IsOnSticky { get; set; }

    /// <summary>Who works on it; null before it is started, and where its run was ended instead.</summary>
    public Poller? Worker { get; private set; }

    /// <summary>Tells this start from another one with the same ids: a token of an earlier one is worth nothing.</summary>
    public string Nonce { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The id of the request that started it.</summary>
    public string RequestId { get; } = Guid.NewGuid().ToString();

    /// <summary>Ends its wait in the sticky queue, or the time of its worker.</summary>
    public Alarm? Limit { get; set; }

    public bool IsStarted => Worker is not null;

    /// <inheritdoc/>
    public WorkerBuild? Target => Run.Versioning.Target(Run.TaskQueue, TaskQueueType.Workflow);

    /// <inheritdoc/>
    public bool IsForAny => IsOnSticky;

    /// <inheritdoc/>
    public bool IsValid => Run.Tasks.Current == this && !IsStarted;

    /// <inheritdoc/>
    public void TakenBy(Poller poller)
    {
        if (Run.EndAtLimit(0))
        {
            return;
        }

        Worker = poller;
        Run.Tasks.Start(this);
    }
}
