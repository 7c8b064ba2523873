using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>
/// A file of an evidence pack, as text or as JSON. JSON goes as it is: within a text each of its quotes would take six bytes.
/// </summary>
/// <param name="Path">Its path in the pack, with slashes.</param>
/// <param name="Text">What it says; null where it is JSON.</param>
/// <param name="Json">What it says, written indented; null where it is text.</param>
public sealed record EvidenceDocument(
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Json = null)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>The text of the file.</summary>
    public string Written() => Json is { } json ? JsonSerializer.Serialize(json, Readable) + "\n" : Text!;
}
