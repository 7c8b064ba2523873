using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Protobuf;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Reads what clients send: JSON, or YAML.</summary>
internal static class RequestBody
{
    private const string Accepted = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <summary>Reads the body.</summary>
    /// <exception cref="StatusException">It is missing or cannot be read (400), or is of another type (415).</exception>
    public static async Task<JsonNode> ReadAsync(HttpContext http) =>
        await TryReadAsync(http) ?? throw StatusException.BadRequest("unexpected end of JSON input");

    /// <summary>Reads the body; null where there is none.</summary>
    /// <exception cref="StatusException">It cannot be read (400), or is of another type (415).</exception>
    public static async Task<JsonObject?> ReadOptionalAsync(HttpContext http) => await TryReadAsync(http) as JsonObject;

    private static async Task<JsonNode?> TryReadAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        ReadOnlySpan<byte> bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (bytes.IsEmpty)
        {
            return null;
        }

        string type = (http.Request.ContentType ?? "application/json").Split(';')[0];
        if (type.Contains("cbor", StringComparison.Ordinal))
        {
            throw StatusException.UnsupportedMediaType(Accepted);
        }

        try
        {
            if (ProtobufBody.IsOne(bytes))
            {
                return ProtobufBody.Read(bytes.ToArray());
            }

            return type.EndsWith("yaml", StringComparison.Ordinal) && bytes[0] != '{'
                ? Manifests.Parse(Encoding.UTF8.GetString(bytes)) is [{ } first, ..] ? first : null
                : JsonNode.Parse(bytes, documentOptions: ObjectStore.Deep);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw StatusException.BadRequest($"couldn't get version/kind; json parse error: {e.Message}");
        }
    }
}
