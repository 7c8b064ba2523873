namespace Orchestrator.Activities.Targets;

/// <summary>The inventory has no cluster of that name.</summary>
/// <param name="name">The name.</param>
/// <param name="known">The clusters that there are, nearest name first.</param>
public sealed class UnknownClusterException(string name, IReadOnlyList<string> known)
    : Exception($"The inventory has no cluster {name}: {(known.Count == 0 ? "it is empty" : $"there are {string.Join(", ", known)}")}.")
{
    /// <summary>The clusters that there are, nearest name first.</summary>
    public IReadOnlyList<string> Known { get; } = known;
}
