namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>Names in a sentence: the first ten, and how many more there are. Whatever grows with the cluster is bounded in what people read.</summary>
internal static class ShortList
{
    /// <summary>So many are named.</summary>
    public const int Named = 10;

    public static string Of(IReadOnlyCollection<string> names) =>
        $"{string.Join(", ", names.Take(Named))}{(names.Count > Named ? $" and {names.Count - Named} more" : "")}";
}
