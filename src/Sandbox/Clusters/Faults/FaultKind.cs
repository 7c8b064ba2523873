namespace Orchestrator.Sandbox.Clusters.Faults;

/// <summary>Something that can go wrong in a box, by its name.</summary>
/// <param name="Name">Its name, such as <c>kill-pod</c>.</param>
/// <param name="Summary">What happens, in one sentence.</param>
/// <param name="Parameters">What it has to be told, such as <c>pod</c>.</param>
public sealed record FaultKind(string Name, string Summary, IReadOnlyList<string> Parameters);
