using Temporalio.Common;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>
/// Watches the operator roll one resource, pod by pod, and says how it ended. It touches nothing: what a danger or a standstill leads to
/// is the caller's decision.
/// </summary>
[Workflow(RollNames.SuperviseCrRoll)]
public sealed class SuperviseCrRollWorkflow
{
    private const int HeartbeatsMissed = 3;
    private static readonly TimeSpan ShortestHeartbeatTimeout = TimeSpan.FromSeconds(30);

    private readonly SuperviseCrRollInput _input;
    private RollProgress _progress;

    /// <summary>Begins where the roll was triggered.</summary>
    [WorkflowInit]
    public SuperviseCrRollWorkflow(SuperviseCrRollInput input)
    {
        _input = input;
        _progress = input.Progress;
    }

    /// <summary>Watches from milestone to milestone.</summary>
    /// <returns>The last milestone: done, in danger, never begun, or out of time.</returns>
    [WorkflowRun]
    public async Task<RollReport> RunAsync(SuperviseCrRollInput input)
    {
        while (true)
        {
            WatchRollInput watch = new(input.Target, input.KafkaName, input.Part, _progress, input.AcceptUnavailable, input.Limits);
            RollReport report = await Workflow.ExecuteActivityAsync((IRollActivities a) => a.WatchRollAsync(watch), Watching(input.Limits));
            _progress = report.Progress;
            Workflow.CurrentDetails = RollDetails.Markdown(Status());
            if (report.Milestone is RollMilestone.Done or RollMilestone.Breached or RollMilestone.OperatorIdle or RollMilestone.CapReached)
            {
                return report;
            }
        }
    }

    /// <summary>Where the roll stands.</summary>
    [WorkflowQuery("status")]
    public RollStatus Status() => new(_input.Resource, _progress.Sentence, _progress.Stalled, _progress.Pods);

    // One try lasts until the next milestone, at most until a limit is reached; a lost worker is noticed by its missing heartbeats. Reading
    // is retried for as long as the roll may take: an API server that is away must not end the supervision.
    private static ActivityOptions Watching(RollLimits limits)
    {
        TimeSpan heartbeats = limits.PollEvery * HeartbeatsMissed;
        return new()
        {
            StartToCloseTimeout = limits.PodCap + limits.SyncCap,
            HeartbeatTimeout = heartbeats > ShortestHeartbeatTimeout ? heartbeats : ShortestHeartbeatTimeout,
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30) },
        };
    }
}
