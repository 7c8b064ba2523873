using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>The hold of a run on the operator of one resource, which leaves the resource as it is meanwhile.</summary>
/// <param name="run">The run.</param>
/// <param name="part">The part that the resource makes.</param>
/// <param name="reference">The resource.</param>
internal sealed class RollHold(ChangeRun run, RollComponent part, ObjectReference reference)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    /// <summary>Whether it is there, or may be: a call whose answer was lost counts as done.</summary>
    public bool MayBeThere { get; private set; }

    /// <summary>Whether it is known to be there.</summary>
    public bool IsThere { get; private set; }

    /// <summary>
    /// Takes it: the safe state until a person has decided. Nothing that was asked of the run comes first, and no cancel keeps it from
    /// happening.
    /// </summary>
    /// <returns>What came of it, to be added to a sentence.</returns>
    public async Task<string> TakeAsync()
    {
        try
        {
            await run.StepAsync(
                RollNames.HoldStep(part),
                async () =>
                {
                    (MayBeThere, IsThere) = (true, false);
                    await TryToTakeAsync();
                    IsThere = true;
                    return $"The operator is held at {reference} by {OperatorHold.BlockReconcile}=true.";
                },
                kind: StepKind.Uninterrupted);
            return " The operator is held.";
        }
        catch (FailureException e) when (FailureText.Of(e).Code != ReasonCodes.Fenced)
        {
            (string code, string sentence) = FailureText.Of(e);
            MayBeThere = code != ReasonCodes.PlanChanged;
            return MayBeThere
                ? $" And the operator could not be held: {sentence}"
                : $" The operator is held by somebody else, who must release it: {sentence}";
        }
    }

    /// <summary>
    /// Tries on to take it while people are asked: what kept it from being taken, such as an outage, may pass before they decide.
    /// </summary>
    /// <param name="first">The pause before the first try; it doubles, up to 15 minutes.</param>
    /// <param name="until">Ends it: they have decided.</param>
    public async Task KeepTryingAsync(TimeSpan first, CancellationToken until)
    {
        for (TimeSpan pause = first; MayBeThere && !IsThere; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await Workflow.DelayWithOptionsAsync(new(pause, "hold", until));
                await TryToTakeAsync();
                IsThere = true;
                run.Say($"{run.Status().Sentence} The operator is held now.");
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (FailureException e)
            {
                if (TemporalException.IsCanceledException(e) || FailureText.Of(e).Code == ReasonCodes.Fenced)
                {
                    return;
                }

                MayBeThere = FailureText.Of(e).Code != ReasonCodes.PlanChanged;
            }
        }
    }

    /// <summary>Removes it again, before the roll continues.</summary>
    public async Task LetGoAsync()
    {
        await run.StepAsync(
            RollNames.LetGoStep(part),
            async () =>
            {
                await GiveBackAsync();
                return $"The operator continues with {reference}.";
            },
            kind: StepKind.Uninterrupted);
        (MayBeThere, IsThere) = (false, false);
    }

    /// <summary>Removes it where it is there; where it is another's, that stays.</summary>
    public Task GiveBackAsync()
    {
        Warrant warrant = run.Warrant(RollNames.LetGoStep(part));
        return run.ActAsync((audit, options) => PatchAsync(new(RollNames.HoldPointer, "true", null), warrant, audit, options));
    }

    private Task TryToTakeAsync()
    {
        Warrant warrant = run.Warrant(RollNames.HoldStep(part));
        return run.MakeSafeAsync((audit, options) => PatchAsync(new(RollNames.HoldPointer, null, "true"), warrant, audit, options));
    }

    // A hold that another set is theirs.
    private Task<PatchObjectResult> PatchAsync(
        PointerChange change, Warrant warrant, IReadOnlyList<AuditEvent> audit, ActivityOptions options)
    {
        OwnerMark mark = new(RollNames.HoldOwnerPointer, run.ChangeId, TakesBack: change.After is null);
        PatchObjectInput patch = new(run.Target, reference, [change], run.Fences) { Mark = mark, Audit = audit, Warrant = warrant };
        return Workflow.ExecuteActivityAsync((IObjectActivities a) => a.PatchObjectAsync(patch), options);
    }
}
