using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Resources;

/// <summary>What a CustomResourceDefinition says of one version of its kind.</summary>
/// <param name="Schema">What its objects look like; anything where the definition does not say.</param>
/// <param name="Columns">The columns of a table, as they are written; empty where the definition has none.</param>
/// <param name="Scale">The paths of its scale subresource; null where it has none.</param>
internal sealed record CustomResource(Schema Schema, IReadOnlyList<JsonElement> Columns, JsonElement? Scale);
