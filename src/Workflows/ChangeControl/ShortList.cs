namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// The first ten of what can grow with the cluster, and how many more there are: for sentences, and for refusals in status and plan. The
/// evidence keeps all.
/// </summary>
internal static class ShortList
{
    /// <summary>So many are named.</summary>
    public const int Named = 10;

    /// <summary>Names in a sentence.</summary>
    public static string Of(IReadOnlyCollection<string> names) =>
        $"{string.Join(", ", names.Take(Named))}{(names.Count > Named ? $" and {names.Count - Named} more" : "")}";

    /// <summary>
    /// Refusals: ten of each code and severity; one more line says how many there are beside them. Eleven are as short as ten and a line.
    /// </summary>
    public static IReadOnlyList<Refusal> Of(IReadOnlyList<Refusal> refusals) =>
    [
        .. refusals.GroupBy(refusal => (refusal.Code, refusal.Severity)).SelectMany(group => group.Count() <= Named + 1
            ? group
            : group.Take(Named).Append(new Refusal(
                group.Key.Code,
                group.Key.Severity,
                $"{group.Count() - Named} more of {group.Key.Code}: prechecks.json of the evidence names them all.",
                Observed: $"{group.Count()}"))),
    ];
}
