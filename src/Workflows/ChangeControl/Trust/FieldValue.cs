namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>A field that an act writes.</summary>
/// <param name="Pointer">Where it is: a JSON pointer (RFC 6901).</param>
/// <param name="Before">Its value before; null where it is absent.</param>
/// <param name="After">Its value afterwards; null where it is removed.</param>
public sealed record FieldValue(string Pointer, string? Before, string? After);
