using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Inputs;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>What Temporal itself knows, how old that is, and what to do, for the hours in which no worker answers.</summary>
internal static class KnownSheet
{
    /// <summary>One change.</summary>
    public static Sheet Of(KnownChange change, DateTimeOffset now)
    {
        Sheet sheet = new Sheet()
            .Heading($"{change.ChangeId}: {Words.Procedure(change.Procedure)} on {change.Target ?? "(not known yet)"}")
            .Facts(
                ("State", new Cell($"{change.State}, {Age(change.AsOf, now)}", Color.Yellow)),
                ("", "No worker answers: this is what Temporal itself knows."),
                ("Step", change.Step),
                ("Tier", change.Tier),
                ("Asked by", $"{change.RequestedBy ?? "(not known yet)"} at {Words.At(change.StartedAt)}"),
                ("Reason", change.Reason),
                ("Workflow", change.WorkflowId))
            .Table("Not ended", ["ACTIVITY", "FOR", "TRY", "SINCE", "LAST HEARD OF", "SAYS"], change.Pending.Select(work => new Cell[]
            {
                work.Activity,
                work.Step ?? "-",
                $"{work.Attempt}",
                work.Since is { } since ? Words.At(since) : "-",
                work.LastHeartbeat is { } beat ? Age(beat, now) : "never",
                work.Says ?? work.LastFailure ?? "-",
            }));
        return WhatToDo(sheet);
    }

    /// <summary>Several changes, a line each.</summary>
    public static Sheet Of(IReadOnlyList<KnownChange> changes, DateTimeOffset now) => WhatToDo(new Sheet()
        .Line("No worker answers: this is what Temporal itself knows.")
        .Table(
            "Changes",
            ["CHANGE", "PROCEDURE", "TARGET", "TIER", "STATE", "STEP", "ASKED BY", "SINCE", "LAST HEARD OF"],
            changes.Select(change => new Cell[]
            {
                change.ChangeId,
                Words.Procedure(change.Procedure),
                change.Target ?? "-",
                change.Tier ?? "-",
                change.State,
                change.Step ?? "-",
                change.RequestedBy ?? "-",
                Words.At(change.StartedAt),
                Age(change.AsOf, now),
            })));

    /// <summary>Locks with their holders, and the changes that have not ended.</summary>
    public static Sheet Of(KnownLocks known, DateTimeOffset now) => WhatToDo(new Sheet()
        .Line("No worker answers: this is what Temporal itself knows.")
        .Table("Locks", ["LOCK", "HELD BY", "LAST USED"], known.Locks.Select(each => new Cell[]
        {
            each.Lock,
            each.Holders.Count == 0 ? "nobody" : string.Join(", ", each.Holders),
            Age(each.AsOf, now),
        }))
        .Table("Changes that have not ended", ["CHANGE", "TARGET", "STATE", "ASKED BY", "LAST HEARD OF"], known.Changes.Select(
            change => new Cell[]
            {
                change.ChangeId, change.Target ?? "-", change.State, change.RequestedBy ?? "-", Age(change.AsOf, now),
            })));

    private static Sheet WhatToDo(Sheet sheet) => sheet
        .Heading("What to do")
        .Line(
            "Start orchestrator-worker (in a checkout: dotnet run --project src/Worker), or find out why it does not run. "
            + "Every change then continues where "
            + "it was; meanwhile the cluster's operator continues what it has started. Nothing is lost, and nothing is done twice.");

    private static string Age(DateTimeOffset at, DateTimeOffset now) =>
        $"{DurationText.Write(TimeSpan.FromSeconds(Math.Max(0, Math.Floor((now - at).TotalSeconds))))} ago ({Words.At(at)})";
}
