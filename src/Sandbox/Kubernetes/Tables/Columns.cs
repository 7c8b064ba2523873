using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Resources;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>
/// The columns of each kind: those of a custom kind as its definition says, those of the server's own as in kube-apiserver 1.34.
/// </summary>
internal static class Columns
{
    /// <summary>The name of the object.</summary>
    public static readonly Column Name = new("Name", (obj, _) => obj.Name()) { Format = "name" };

    /// <summary>How long the object has been there.</summary>
    public static readonly Column Age = new("Age", (obj, now) => Ages.Since((string?)obj["metadata"]?["creationTimestamp"], now));

    private static readonly Column CreatedAt = new("Created At", (obj, _) => (string?)obj["metadata"]?["creationTimestamp"])
    {
        Type = "date",
    };

    /// <summary>The columns of a resource.</summary>
    public static IReadOnlyList<Column> Of(ResourceDefinition resource) => resource.Custom is { } custom
        ? [Name, .. custom.Columns.Count == 0 ? [Age with { Type = "date" }] : custom.Columns.Select(Read)]
        : (resource.Group, resource.Plural) switch
        {
            ("apiextensions.k8s.io", "customresourcedefinitions") or ("rbac.authorization.k8s.io", "roles" or "clusterroles") =>
                [Name, CreatedAt],
            _ => CoreColumns.Of(resource) ?? WorkloadColumns.Of(resource) ?? [Name, Age],
        };

    /// <summary>A column that shows a text at a path.</summary>
    public static Column Text(string name, string path, string missing = "", int priority = 0)
    {
        string[] steps = JsonPath.Steps(path);
        return new Column(name, (obj, _) => JsonPath.Find(obj, steps)?.ToString() is { Length: > 0 } text ? text : missing)
        {
            Priority = priority,
        };
    }

    /// <summary>A column that shows a number at a path.</summary>
    public static Column Number(string name, string path)
    {
        string[] steps = JsonPath.Steps(path);
        return new Column(name, (obj, _) => JsonPath.Find(obj, steps)?.GetValue<long>() ?? 0) { Type = "integer" };
    }

    private static Column Read(JsonElement column)
    {
        string[] path = JsonPath.Steps(column.GetProperty("jsonPath").GetString()!);
        string type = column.GetProperty("type").GetString()!;
        return new Column(
            column.GetProperty("name").GetString()!,
            (obj, now) => type == "date" ? Date(JsonPath.Find(obj, path), now) : Cell(JsonPath.Find(obj, path)))
        {
            Type = type,
            Priority = column.TryGetProperty("priority", out JsonElement priority) ? priority.GetInt32() : 0,
            Description = column.TryGetProperty("description", out JsonElement description)
                ? description.GetString()
                : $"Custom resource definition column (in JSONPath format): {column.GetProperty("jsonPath").GetString()}",
        };
    }

    private static JsonNode? Date(JsonNode? value, DateTimeOffset now) => value is null ? null : Ages.Since(value.ToString(), now);

    private static JsonNode? Cell(JsonNode? value) => value switch
    {
        null => null,
        JsonObject or JsonArray => value.ToJsonString(),
        _ => value.DeepClone(),
    };
}
