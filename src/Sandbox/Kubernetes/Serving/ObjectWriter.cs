using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Writes objects and lists as a version serves them.</summary>
internal static class ObjectWriter
{
    /// <summary>As the API server escapes text.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    private static readonly JsonSerializerOptions Nodes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Writes an object with its kind.</summary>
    public static void Write(Utf8JsonWriter writer, StoredObject obj, ResourceDefinition resource, bool namesKind = true)
    {
        writer.WriteStartObject();
        if (namesKind)
        {
            writer.WriteString("kind", resource.Kind);
            writer.WriteString("apiVersion", resource.ApiVersion);
        }

        foreach (JsonProperty field in obj.Json.EnumerateObject().Where(each => each.Name is not ("kind" or "apiVersion")))
        {
            writer.WritePropertyName(field.Name);
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(field.Value), skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    /// <summary>Answers with an object.</summary>
    public static Task AnswerAsync(HttpContext http, StoredObject obj, ResourceDefinition resource, int code = 200) =>
        AnswerAsync(http, code, writer => Write(writer, obj, resource));

    /// <summary>Answers with JSON.</summary>
    public static Task AnswerAsync(HttpContext http, JsonNode node, int code = 200, string contentType = "application/json") =>
        AnswerAsync(http, code, writer => node.WriteTo(writer, Nodes), contentType);

    /// <summary>Answers with what is written.</summary>
    public static async Task AnswerAsync(HttpContext http, int code, Action<Utf8JsonWriter> write, string contentType = "application/json")
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = contentType;
        await using (Utf8JsonWriter writer = new(http.Response.BodyWriter, Options))
        {
            write(writer);
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>The metadata of an object, and nothing else of it.</summary>
    public static JsonObject Metadata(StoredObject obj) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = JsonObject.Create(obj.Metadata),
    };
}
