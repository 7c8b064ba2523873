using Orchestrator.Workflows.ChangeControl.Locks;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>Who holds which lock, and who waits.</summary>
internal static class LocksSheet
{
    public static Sheet Of(IReadOnlyList<GuardStatus> guards)
    {
        if (guards.Count == 0)
        {
            return new Sheet().Line("No lock was ever taken.");
        }

        Sheet sheet = new Sheet()
            .Table(
                null,
                ["LOCK", "KNOWN AS", "STATE", "TOKEN", "SENTENCE"],
                guards.Select(guard => new Cell[]
                {
                    guard.Guard, KnownAs(guard), State(guard.Condition), $"{guard.Epoch}", guard.Sentence,
                }))
            .Table(
                "Held",
                ["LOCK", "CHANGE", "PROCEDURE", "ASKED BY", "MODE", "SINCE", "EXPECTED UNTIL", "ENDED"],
                guards.SelectMany(Holders))
            .Table("Waiting", ["LOCK", "CHANGE", "PROCEDURE", "ASKED BY", "MODE", "SINCE"], guards.SelectMany(Waiters));
        foreach (GuardStatus guard in guards.Where(guard => guard.PendingBreak is not null))
        {
            PendingBreak pending = guard.PendingBreak!;
            sheet
                .Heading($"Break of {guard.Guard}")
                .Line(
                    $"Requested by {pending.Asked.Actor}: {pending.Asked.Reason}. "
                    + $"Somebody else must confirm it by {Words.At(pending.Until)}:")
                .Line($"  sop locks confirm-break {guard.Guard} --reason \"...\"");
        }

        return sheet;
    }

    private static IEnumerable<Cell[]> Holders(GuardStatus guard) => guard.Holders.Select(hold => new Cell[]
    {
        guard.Guard,
        hold.Holder.ChangeId,
        Words.Procedure(hold.Holder.Procedure),
        hold.Holder.RequestedBy,
        hold.Mode.ToString(),
        Words.At(hold.Since),
        Words.At(hold.ExpectedUntil),
        hold.Orphan is { } orphan ? new Cell($"{orphan.Ended} at {Words.TimeOfDay(orphan.At)}", Color.Red) : "-",
    });

    private static IEnumerable<Cell[]> Waiters(GuardStatus guard) => guard.Queue.Select(waiter => new Cell[]
    {
        guard.Guard,
        waiter.Request.Holder.ChangeId,
        Words.Procedure(waiter.Request.Holder.Procedure),
        waiter.Request.Holder.RequestedBy,
        waiter.Request.Mode.ToString(),
        Words.At(waiter.Since),
    });

    private static string KnownAs(GuardStatus guard) => guard.KnownAs.Count == 0 ? "-" : string.Join(", ", guard.KnownAs);

    private static Cell State(GuardCondition condition) => new(condition.ToString(), condition switch
    {
        GuardCondition.Free => Color.Green,
        GuardCondition.Orphaned => Color.Red,
        GuardCondition.Quarantined => Color.Yellow,
        _ => Color.Blue,
    });
}
