using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>All objects of a collection as they were at one moment.</summary>
/// <param name="Items">The objects, in the order of their names.</param>
/// <param name="ResourceVersion">
/// The moment, which a watch can start from; empty where the server computes the list, as it does for metrics.
/// </param>
public sealed record ResourceList(IReadOnlyList<JsonObject> Items, string ResourceVersion);
