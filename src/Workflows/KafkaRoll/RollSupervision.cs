using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>
/// Supervises restarts to their end. Where they do not go on, or must not, the operator is held first; then a person decides; what was
/// held is let go before it goes on.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="input">What is supervised.</param>
/// <param name="held">The resource whose operator is held; null where the operator does not restart the pods.</param>
internal sealed class RollSupervision(ChangeRun run, SuperviseCrRollInput input, ObjectReference? held)
{
    private bool _holds;

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    /// <summary>Watches until all pods are through.</summary>
    /// <param name="pods">Kept up to date with what became of the pods.</param>
    /// <returns>How it ended, in one sentence.</returns>
    public async Task<string> WatchAsync(List<PodRoll> pods)
    {
        RollProgress progress = input.Progress;
        for (int watch = 1; ; watch++)
        {
            RollReport report = await WatchOnceAsync(progress, watch);
            progress = report.Progress;
            pods.RemoveAll(pod => progress.Pods.Any(now => now.Name == pod.Name));
            pods.AddRange(progress.Pods);
            switch (report.Milestone)
            {
                case RollMilestone.Done:
                    return report.Sentence;
                case RollMilestone.TakenBack:
                    throw new ApplicationFailureException(report.Sentence, errorType: ReasonCodes.PlanChanged, nonRetryable: true);
                default:
                    await StandStillAsync(report);
                    progress = progress.GoesOn(Now);
                    break;
            }
        }
    }

    private static string Code(RollMilestone milestone) => milestone switch
    {
        RollMilestone.OperatorIdle => ReasonCodes.OperatorIdle,
        RollMilestone.Breached => ReasonCodes.RollBreach,
        RollMilestone.Alerted => ReasonCodes.CriticalAlert,
        RollMilestone.Cancelled => ReasonCodes.SupervisionLost,
        _ => ReasonCodes.RollStalled,
    };

    private async Task<RollReport> WatchOnceAsync(RollProgress progress, int watch)
    {
        string id = $"{Workflow.Info.WorkflowId}/supervise/{RollNames.Text(input.Part)}{(watch == 1 ? "" : $"/{watch}")}";
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        try
        {
            SuperviseCrRollInput begin = input with { Progress = progress, Alerts = run.Alerts };
            ChildWorkflowHandle<SuperviseCrRollWorkflow, RollReport> child = await Workflow.StartChildWorkflowAsync(
                (SuperviseCrRollWorkflow w) => w.RunAsync(begin),
                new() { Id = id, StaticSummary = $"Restarts of {input.Resource}", CancellationToken = stop.Token });
            run.AddChild(id, RollNames.SuperviseCrRoll);
            run.Say($"{progress.Pods.Count} pods of {input.Resource} are restarted, one at a time; {id} watches it.");
            Task<RollReport> result = child.GetResultAsync();
            await Workflow.WaitConditionAsync(() => result.IsCompleted || run.MustStop, CancellationToken.None);
            WorkflowCancel.Now(stop);
            return await result;
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            return new RollReport(RollMilestone.Cancelled, $"The supervision was lost: {FailureText.Of(e).Sentence}", progress);
        }
    }

    private async Task StandStillAsync(RollReport report)
    {
        string heldOrNot = held is null ? "" : await HoldAsync(held);
        if (run.MustStop)
        {
            await run.CheckpointAsync();
        }
        else
        {
            await run.AskAsync(Code(report.Milestone), $"{report.Sentence}{heldOrNot}");
        }

        if (report.Milestone == RollMilestone.Alerted)
        {
            await SeeAlertsAsync(report.SeenAlerts);
        }

        if (_holds)
        {
            await LetGoAsync(held!);
        }
    }

    // Whoever decided has seen that alert, and not what came since: they are asked again while the operator is still held.
    private async Task SeeAlertsAsync(AlertWatch? seen)
    {
        while (await run.SeeAlertsAsync(seen) is var (code, sentence))
        {
            await run.AskAsync(code, sentence);
            seen = run.Alerts;
        }
    }

    // The safe state until a person has decided: nothing that was asked of the run comes first, and no cancel keeps it from happening.
    private async Task<string> HoldAsync(ObjectReference reference)
    {
        try
        {
            await run.StepAsync(
                RollNames.HoldStep(input.Part),
                async () =>
                {
                    await PatchAsync(reference, new PointerChange(RollNames.HoldPointer, null, "true"), run.Warrant(RollNames.HoldStep(input.Part)));
                    return $"The operator is held at {reference} by {OperatorHold.BlockReconcile}=true.";
                },
                new Undo($"removes {OperatorHold.BlockReconcile} from {reference}, unless that would restart pods",
                    () => LetGoUnlessItRestartsAsync(reference)),
                StepKind.Uninterrupted);
            _holds = true;
            return " The operator is held.";
        }
        catch (FailureException e) when (FailureText.Of(e).Code != ReasonCodes.Fenced)
        {
            _holds = false;
            (string code, string sentence) = FailureText.Of(e);
            return code == ReasonCodes.PlanChanged
                ? $" The operator is held by somebody else, who must let it go: {sentence}"
                : $" And the operator could not be held: {sentence}";
        }
    }

    private async Task LetGoAsync(ObjectReference reference)
    {
        await run.StepAsync(
            RollNames.LetGoStep(input.Part),
            async () =>
            {
                await PatchAsync(reference, new PointerChange(RollNames.HoldPointer, "true", null), run.Warrant(RollNames.LetGoStep(input.Part)));
                return $"The operator goes on with {reference}.";
            },
            kind: StepKind.Uninterrupted);
        run.Settle(RollNames.HoldStep(input.Part), "Removed when the run went on.");
        _holds = false;
    }

    // To let the operator go in the middle of a roll is to go on with the roll, which is what was aborted.
    private async Task<string?> LetGoUnlessItRestartsAsync(ObjectReference reference)
    {
        ReadConfluentClusterInput read = new(run.Target, input.KafkaName);
        ConfluentClusterSnapshot cluster = await Workflow.ExecuteActivityAsync(
            (IConfluentActivities a) => a.ReadClusterAsync(read), ActivityCalls.Read.Within(CancellationToken.None).For(run.Phase));
        if (RollPlanner.Of(cluster, input.Part) is not { StatefulSet: { } statefulSet } component)
        {
            return $"{reference} cannot be read any more; whether the operator is held there is not known.";
        }

        if (component.Holds.FirstOrDefault(hold => hold is { Annotation: OperatorHold.BlockReconcile, Stops: true } && hold.ForChange != run.ChangeId) is { } others)
        {
            return $"The operator is held by {others.ForChange ?? others.SetBy ?? "somebody else"} and stays so: "
                + "this change does not take that back.";
        }

        List<string> old = [.. component.Pods.Where(pod => pod.Revision != statefulSet.UpdateRevision).Select(pod => pod.Name)];
        bool isPending = (component.ObservedGeneration ?? 0) < component.Generation;
        if (old.Count > 0 || isPending)
        {
            string what = isPending ? "the operator has not begun the roll" : $"{string.Join(", ", old)} are not restarted yet";
            return $"The operator stays held: {what}, and without the hold it goes on. Once it may: kubectl annotate "
                + $"{reference.Resource}/{reference.Name} -n {reference.Namespace} {OperatorHold.BlockReconcile}- {OperatorHold.Owner}-";
        }

        Warrant undo = run.Warrant(RollNames.HoldStep(input.Part), undoes: true);
        await PatchAsync(reference, new PointerChange(RollNames.HoldPointer, "true", null), undo);
        return null;
    }

    // A hold that another set is theirs.
    private Task PatchAsync(ObjectReference reference, PointerChange change, Warrant warrant)
    {
        OwnerMark mark = new(RollNames.HoldOwnerPointer, run.ChangeId, TakesBack: change.After is null);
        return run.ActAsync(audit =>
        {
            PatchObjectInput patch = new(run.Target, reference, [change], run.Fences) { Mark = mark, Audit = audit, Warrant = warrant };
            return Workflow.ExecuteActivityAsync((IObjectActivities a) => a.PatchObjectAsync(patch), ActivityCalls.SafetyWrite.For(run.Phase));
        });
    }
}
