using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Serving;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>Objects as rows, as kubectl prints them.</summary>
internal static class Table
{
    /// <summary>Makes the table of some objects.</summary>
    public static JsonObject Of(ApiRequest request, IReadOnlyList<StoredObject> objects, JsonObject metadata, DateTimeOffset now)
    {
        IReadOnlyList<Column> columns = Columns.Of(request.Resource);
        string includes = request.Query("includeObject") ?? "Metadata";
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = new JsonArray([.. columns.Select(column => column.Definition())]),
            ["rows"] = new JsonArray([.. objects.Select(obj => Row(obj, columns, includes, now))]),
        };
    }

    private static JsonObject Row(StoredObject obj, IReadOnlyList<Column> columns, string includes, DateTimeOffset now)
    {
        JsonObject node = obj.ToJson();
        JsonObject row = new() { ["cells"] = new JsonArray([.. columns.Select(column => column.Cell(node, now))]) };
        row["object"] = includes switch
        {
            "None" => null,
            "Object" => node,
            _ => ObjectWriter.Metadata(obj),
        };
        return row;
    }
}
