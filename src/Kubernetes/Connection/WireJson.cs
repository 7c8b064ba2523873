using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>JSON as it goes over the wire. The schemas inside CustomResourceDefinitions nest deeper than the platform's default of 64.</summary>
internal static class WireJson
{
    private const int MaxDepth = 512;

    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = MaxDepth };

    public static JsonReaderOptions Scanning { get; } = new() { MaxDepth = MaxDepth };

    public static byte[] Write(JsonNode node)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth }))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
