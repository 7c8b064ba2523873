using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>A field before and after.</summary>
/// <param name="Field">Its path, such as <c>spec.replicas</c>.</param>
/// <param name="Before">Its value now; null where it is absent.</param>
/// <param name="After">Its value then; null where it is removed.</param>
/// <param name="Why">Why, in a few words.</param>
public sealed record FieldChange(string Field, string? Before, string? After, string Why)
{
    /// <summary>
    /// Where exactly it is, as a JSON pointer (RFC 6901); the values are then what is written, but for placeholders. Null: the change is
    /// only told, and no activity writes it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pointer { get; init; }
}
