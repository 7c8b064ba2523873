namespace Orchestrator.Starter.Rendering;

/// <summary>The procedures that can be started.</summary>
internal static class ProcedureSheet
{
    private const string NeedNothing =
        "list, describe, explain, rehearse, demo, sandbox, store, dev-server, completion and version need no server.";
    private const string NeedMore = "Everything else needs Temporal (TEMPORAL_ADDRESS) and a worker.";

    public static Sheet Of(IReadOnlyList<ProcedureRow> procedures) => new Sheet()
        .Table(
            null,
            ["NAME", "TIER", "SUMMARY"],
            procedures.Select(procedure => new Cell[] { procedure.Name, procedure.Tier.ToString(), procedure.Summary }))
        .Line(string.Empty)
        .Line(NeedNothing)
        .Line(NeedMore);
}
