using Orchestrator.Workflows.ChangeControl;
using Temporalio.Common;
using Temporalio.Exceptions;
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
    private bool _blocked;

    /// <summary>Begins where the roll was triggered.</summary>
    [WorkflowInit]
    public SuperviseCrRollWorkflow(SuperviseCrRollInput input)
    {
        _input = input;
        _progress = input.Progress;
    }

    /// <summary>Watches pod by pod.</summary>
    /// <returns>The first milestone that is no pod more: done, or whatever its caller must decide on or tell.</returns>
    [WorkflowRun]
    public async Task<RollReport> RunAsync(SuperviseCrRollInput input)
    {
        while (true)
        {
            WatchRollInput watch = new(input.Target, input.KafkaName, input.Part, _progress, input.AcceptUnavailable, input.Limits)
            {
                Alerts = input.Alerts,
            };
            RollReport report;
            try
            {
                report = await Workflow.ExecuteActivityAsync((IRollActivities a) => a.WatchRollAsync(watch),
                    Watching(input.Limits).For(Awaited));
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                // An answer and not a failure: the caller is told which pods were restarted.
                return new RollReport(RollMilestone.Cancelled, $"The supervision was cancelled. {_progress.Sentence}", _progress);
            }

            _progress = report.Progress;
            _blocked = report.Milestone is not (RollMilestone.InSync or RollMilestone.Done);
            Workflow.CurrentDetails = RollDetails.Markdown(Status());
            if (report.Milestone != RollMilestone.InSync)
            {
                return report;
            }

            if (Workflow.ContinueAsNewSuggested)
            {
                SuperviseCrRollInput next = input with { Progress = _progress };
                throw Workflow.CreateContinueAsNewException((SuperviseCrRollWorkflow w) => w.RunAsync(next));
            }
        }
    }

    /// <summary>Where the roll stands.</summary>
    [WorkflowQuery(ChangeNames.StatusQuery)]
    public RollStatus Status() => new(_input.Resource, _progress.Sentence, _blocked, _progress.Pods, _progress.Facts)
    {
        Through = _progress.Through,
        Waiting = _progress.Waiting,
    };

    private string Awaited => _progress.Pods.FirstOrDefault(pod => pod.InSyncAt is null) is { } pod ? $"restart of {pod.Name}" : "steady";

    // One try lasts until the next milestone, at most until a limit is reached; a lost worker is noticed by its missing heartbeats. It is
    // retried without end: an outage, of the API server or of the workers, must not end the supervision.
    private static ActivityOptions Watching(RollLimits limits)
    {
        TimeSpan heartbeats = limits.PollEvery * HeartbeatsMissed;
        TimeSpan longest = limits.PickUpWithin + limits.PodCap + limits.SyncCap;
        return new()
        {
            StartToCloseTimeout = longest,
            HeartbeatTimeout = heartbeats > ShortestHeartbeatTimeout ? heartbeats : ShortestHeartbeatTimeout,
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            RetryPolicy = new RetryPolicy
            {
                InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30),
            },
        };
    }
}
