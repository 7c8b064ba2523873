using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// Watches the operator roll one resource, pod by pod, and says how it ended. It touches nothing: what a danger or a standstill leads to
/// is the caller's decision.
/// </summary>
[Workflow(RollNames.SuperviseCrRoll)]
public sealed class SuperviseCrRollWorkflow
{
    private const int HeartbeatsMissed = 3;
    private static readonly TimeSpan ShortestHeartbeatTimeout = TimeSpan.FromSeconds(30);

    private readonly ReadInput<SuperviseCrRollInput> _read;
    private RollProgress? _seen;
    private bool _blocked;

    /// <summary>Begins where the roll was triggered.</summary>
    /// <param name="raw">A <see cref="SuperviseCrRollInput"/>.</param>
    [WorkflowInit]
    public SuperviseCrRollWorkflow(IRawValue? raw = null) => _read = InputReader.Own<SuperviseCrRollInput>(raw);

    // A supervision whose input cannot be read ends with its first task; until then nothing can be asked of it.
    private RollProgress Progress => _seen ?? _read.Require().Progress;

    /// <summary>Watches pod by pod.</summary>
    /// <param name="raw">A <see cref="SuperviseCrRollInput"/>.</param>
    /// <returns>The first milestone other than a restarted pod: done, or something that its caller must decide on or report.</returns>
    /// <exception cref="ApplicationFailureException">The input is not one.</exception>
    [WorkflowRun]
    public async Task<RollReport> RunAsync(IRawValue? raw = null)
    {
        SuperviseCrRollInput input = _read.Require();
        while (true)
        {
            WatchRollInput watch = new(input.Target, input.KafkaName, input.Part, Progress, input.AcceptUnavailable, input.Limits)
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
                return new RollReport(RollMilestone.Cancelled, $"The supervision of the roll was cancelled. {Progress.Sentence}", Progress);
            }

            _seen = report.Progress;
            _blocked = report.Milestone is not (RollMilestone.InSync or RollMilestone.Done);
            Workflow.CurrentDetails = RollDetails.Markdown(Status());
            if (report.Milestone != RollMilestone.InSync)
            {
                return report;
            }

            if (Workflow.ContinueAsNewSuggested)
            {
                SuperviseCrRollInput next = input with { Progress = report.Progress };
                IRawValue again = Workflow.PayloadConverter.ToRawValue(next);
                throw Workflow.CreateContinueAsNewException((SuperviseCrRollWorkflow w) => w.RunAsync(again));
            }
        }
    }

    /// <summary>Where the roll stands.</summary>
    [WorkflowQuery(ChangeNames.StatusQuery)]
    public RollStatus Status() => new(_read.Require().Resource, Progress.Sentence, _blocked, Progress.Pods, Progress.Facts)
    {
        Through = Progress.Through,
        Waiting = Progress.Waiting,
    };

    private string Awaited => Progress.Pods.FirstOrDefault(pod => pod.InSyncAt is null) is { } pod ? $"restart of {pod.Name}" : "steady";

    // One try lasts until the next milestone, at most until a limit is reached; a lost worker is noticed by its missing heartbeats. It is
    // retried without end: an outage, of the API server or of the workers, must not end the supervision.
    private static ActivityOptions Watching(RollLimits limits)
    {
        TimeSpan heartbeats = limits.PollEvery * HeartbeatsMissed;
        TimeSpan longest = limits.PickUpWithin + limits.PodCap + limits.SyncCap;
        return new()
        {
            TaskQueue = ActivityCalls.WatchQueue,
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
