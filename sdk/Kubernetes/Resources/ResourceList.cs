using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>All objects of a collection as they were at one resourceVersion, which a watch can start from.</summary>
public sealed record ResourceList(IReadOnlyList<JsonObject> Items, string ResourceVersion);
