using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Read">What it shows of an object at a time.</param>
internal sealed record Column(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Read)
{
    /// <summary>The type of its cells. Default: <c>string</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>Such as <c>name</c>. Default: none.</summary>
    public string Format { get; init; } = "";

    /// <summary>0 for a column that is always shown, 1 for one of the wide output. Default: 0.</summary>
    public int Priority { get; init; }

    /// <summary>What it says. Default: its name.</summary>
    public string? Description { get; init; }

    /// <summary>As the table carries it.</summary>
    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description ?? Name,
        ["priority"] = Priority,
    };

    /// <summary>The cell of an object.</summary>
    public JsonNode? Cell(JsonObject obj, DateTimeOffset now) => Read(obj, now);
}
