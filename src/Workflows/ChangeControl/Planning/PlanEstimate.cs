using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>How long a plan is expected to take; not part of its hash.</summary>
/// <param name="Do">Expected time of all items.</param>
/// <param name="Undo">Expected time to put back what can be put back.</param>
public sealed record PlanEstimate(
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Do,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Undo);
