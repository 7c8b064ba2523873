using Orchestrator.Sandbox.Temporal.Deployments;
using Orchestrator.Sandbox.Temporal.Queues;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>One try of an activity, as it waits for a worker and is worked on.</summary>
internal sealed class ActivityAttempt(PendingActivity activity, int number) : IQueuedTask
{
    public PendingActivity Activity { get; } = activity;

    /// <summary>From 1.</summary>
    public int Number { get; } = number;

    /// <summary>Who works on it; null before it is started.</summary>
    public Poller? Worker { get; private set; }

    /// <inheritdoc/>
    public WorkerBuild? Target => Activity.Run.Versioning.Target(Activity.Attributes.TaskQueue.Name, TaskQueueType.Activity);

    /// <inheritdoc/>
    public bool IsForAny => false;

    /// <inheritdoc/>
    public bool IsValid => Activity.Current == this && Worker is null;

    /// <inheritdoc/>
    public void TakenBy(Poller poller)
    {
        Worker = poller;
        Activity.Start(this);
    }
}
