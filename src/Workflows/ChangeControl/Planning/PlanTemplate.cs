namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>
/// What a plan has in common with the plan of the same change elsewhere, so that "the same ran on staging" can be told: what is done, in
/// which order, to which kinds of object, without the names, namespaces and UIDs, which become ordinals, and without the values before.
/// </summary>
/// <remarks>An act that is repeated for one object after the other counts once: staging may have fewer brokers.</remarks>
public static class PlanTemplate
{
    /// <summary>SHA-256 of it, as lower-case hex.</summary>
    public static string Hash(Plan plan)
    {
        Dictionary<string, int> namespaces = new(StringComparer.Ordinal);
        List<Row> rows = [];
        foreach (PlanItem item in plan.Items)
        {
            Row row = new(
                item.Step,
                item.Action,
                item.Object.System,
                item.Object.Kind,
                item.Object.Namespace is { } name ? Ordinal(namespaces, name) : 0,
                [.. item.Changes.Select(change => new Change(change.Field, change.After, change.Why))],
                item.Undo);
            if (rows.Count == 0 || !row.IsSame(rows[^1]))
            {
                rows.Add(row);
            }
        }

        return PlanHash.Sha256(CanonicalJson.Serialize(new { procedure = plan.Procedure, contract = plan.Contract, items = rows }));
    }

    private static int Ordinal(Dictionary<string, int> known, string name)
    {
        known.TryAdd(name, known.Count + 1);
        return known[name];
    }

    private sealed record Change(string Field, string? After, string Why);

    private sealed record Row(string Step, PlanAction Action, string System, string Kind, int Namespace, IReadOnlyList<Change> Changes,
        UndoKind Undo)
    {
        public bool IsSame(Row other) => (this with { Changes = other.Changes }) == other && Changes.SequenceEqual(other.Changes);
    }
}
