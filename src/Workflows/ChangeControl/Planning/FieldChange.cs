namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>A field before and after.</summary>
/// <param name="Field">Its path, such as <c>spec.replicas</c>.</param>
/// <param name="Before">Its value now; null where it is absent.</param>
/// <param name="After">Its value then; null where it is removed.</param>
/// <param name="Why">Why, in a few words.</param>
public sealed record FieldChange(string Field, string? Before, string? After, string Why);
