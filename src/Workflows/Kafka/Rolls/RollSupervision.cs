using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// Supervises restarts to their end. Where they do not go on, or must not, the operator is held first; then a person decides; what was
/// held is released before it continues.
/// </summary>
internal sealed class RollSupervision
{
    private const int PausesToHold = 3;

    private readonly ChangeRun _run;
    private readonly SuperviseCrRollInput _input;
    private readonly List<PodRoll> _pods;
    private readonly RollHold? _hold;
    private int _watches;
    private bool _isOut;

    /// <summary>Created before the restarts begin.</summary>
    /// <param name="run">The run.</param>
    /// <param name="input">What is supervised.</param>
    /// <param name="held">The resource whose operator is held; null where the operator does not restart the pods.</param>
    /// <param name="pods">Kept up to date with what became of the pods.</param>
    public RollSupervision(ChangeRun run, SuperviseCrRollInput input, ObjectReference? held, List<PodRoll> pods)
    {
        _run = run;
        _input = input;
        _pods = pods;
        _hold = held is null ? null : new RollHold(run, input.Part, held);
        Progress = input.Progress;
    }

    /// <summary>How far the restarts have come, as far as this run has seen.</summary>
    public RollProgress Progress { get; set; }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    /// <summary>Watches until all pods are through.</summary>
    /// <returns>How it ended, in one sentence.</returns>
    /// <exception cref="ApplicationFailureException">Somebody took the trigger back, or the run is to end.</exception>
    public async Task<string> WatchAsync()
    {
        while (true)
        {
            RollReport report = await WatchOnceAsync(() => _run.MustStop, _run.Token);
            if (report.Milestone == RollMilestone.Unread)
            {
                _isOut = true;
                _run.LosesSight(report.Sentence);
                continue;
            }

            _isOut = false;
            _run.SeesAgain();
            switch (report.Milestone)
            {
                case RollMilestone.Done when report.Progress.IsTakenBack:
                    throw new ApplicationFailureException(report.Sentence, errorType: ReasonCodes.PlanChanged, nonRetryable: true);
                case RollMilestone.Done:
                    return report.Sentence;
                case RollMilestone.ReadAgain:
                    break;
                case RollMilestone.TakenBack or RollMilestone.Changed:
                    // What somebody else made of it is restarting pods as well: it is watched to its end, whatever that is.
                    _run.Tell(ReasonCodes.PlanChanged, report.Sentence);
                    break;
                default:
                    await StandStillAsync(report);
                    Progress = Progress.GoesOn(Now);
                    break;
            }
        }
    }

    /// <summary>Watches on, once, although the run was aborted or cancelled; ends early only where its lock is broken.</summary>
    public async Task<RollReport> WatchToASafeEndAsync()
    {
        RollReport report = await WatchOnceAsync(() => _run.IsLockBroken, CancellationToken.None);
        Progress = Progress.GoesOn(Now);
        return report;
    }

    private static string Code(RollMilestone milestone) => milestone switch
    {
        RollMilestone.OperatorIdle => RollCodes.OperatorIdle,
        RollMilestone.Breached => RollCodes.RollBreach,
        RollMilestone.Alerted => ReasonCodes.CriticalAlert,
        RollMilestone.Cancelled => RollCodes.SupervisionLost,
        _ => RollCodes.RollStalled,
    };

    private async Task<RollReport> WatchOnceAsync(Func<bool> mustStop, CancellationToken cancellationToken)
    {
        RollReport report = await ReportAsync(mustStop, cancellationToken);
        Progress = report.Progress;
        _pods.RemoveAll(pod => Progress.Pods.Any(now => now.Name == pod.Name));
        _pods.AddRange(Progress.Pods);
        return report;
    }

    private async Task<RollReport> ReportAsync(Func<bool> mustStop, CancellationToken cancellationToken)
    {
        _watches++;
        string id = $"{Workflow.Info.WorkflowId}/supervise/{RollNames.Text(_input.Part)}{(_watches == 1 ? "" : $"/{_watches}")}";
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            IRawValue begin = Workflow.PayloadConverter.ToRawValue(_input with { Progress = Progress, Alerts = _run.Alerts });
            ChildWorkflowHandle<SuperviseCrRollWorkflow, RollReport> child = await Workflow.StartChildWorkflowAsync(
                (SuperviseCrRollWorkflow w) => w.RunAsync(begin),
                new() { Id = id, StaticSummary = $"Restarts of {_input.Resource}", CancellationToken = stop.Token });
            _run.AddChild(id, RollNames.SuperviseCrRoll);
            if (!_isOut)
            {
                _run.Say($"{Progress.Total} pods of {_input.Resource} are restarted, one at a time; {id} watches them.");
            }

            Task<RollReport> result = child.GetResultAsync();
            await Workflow.WaitConditionAsync(() => result.IsCompleted || mustStop(), CancellationToken.None);
            WorkflowCancel.Now(stop);
            return await result;
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            return new RollReport(RollMilestone.Cancelled, $"The supervision of the roll was lost: {FailureText.Of(e).Sentence}", Progress);
        }
    }

    private async Task StandStillAsync(RollReport report)
    {
        string heldOrNot = _hold is null ? "" : await _hold.TakeAsync();
        using CancellationTokenSource decided = new();
        Task holding = _hold is null ? Task.CompletedTask : _hold.KeepTryingAsync(_input.Limits.PollEvery * PausesToHold, decided.Token);
        try
        {
            await (_run.MustStop ? _run.CheckpointAsync() : _run.AskAsync(Code(report.Milestone), $"{report.Sentence}{heldOrNot}"));
        }
        finally
        {
            WorkflowCancel.Now(decided);
            await holding;
        }

        if (report.Milestone == RollMilestone.Alerted)
        {
            await SeeAlertsAsync(report.SeenAlerts);
        }

        if (_hold is { MayBeThere: true })
        {
            await _hold.LetGoAsync();
        }
    }

    // Whoever decided has seen that alert, and not what came since: they are asked again while the operator is still held.
    private async Task SeeAlertsAsync(AlertWatch? seen)
    {
        while (await _run.SeeAlertsAsync(seen) is var (code, sentence))
        {
            await _run.AskAsync(code, sentence);
            seen = _run.Alerts;
        }
    }
}
