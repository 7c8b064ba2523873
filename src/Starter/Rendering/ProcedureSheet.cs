namespace Orchestrator.Starter.Rendering;

/// <summary>The procedures that can be started.</summary>
internal static class ProcedureSheet
{
    public static Sheet Of(IReadOnlyList<ProcedureRow> procedures) => new Sheet().Table(
        null,
        ["NAME", "TIER", "SUMMARY"],
        procedures.Select(procedure => new Cell[] { procedure.Name, procedure.Tier.ToString(), procedure.Summary }));
}
