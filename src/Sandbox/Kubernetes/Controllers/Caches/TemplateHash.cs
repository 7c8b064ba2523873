using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>Names a template by a hash of it, in letters and digits that make no words.</summary>
internal static class TemplateHash
{
    // The real server's order of them.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// FNV-1 over the JSON as Go writes it, and over the number of collisions so far: what the real controller makes of the revision of a
    /// StatefulSet, so that a template has the same name here and there.
    /// </summary>
    public static string Of(JsonObject data, long collisions)
    {
        StringBuilder text = new();
        Write(data, text);
        text.Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026");
        text.Append(collisions);
        uint hash = 2166136261;
        foreach (byte each in Encoding.UTF8.GetBytes(text.ToString()))
        {
            hash = unchecked(hash * 16777619) ^ each;
        }

        return string.Concat($"{hash}".Select(digit => Alphabet[digit % Alphabet.Length]));
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject obj:
                text.Append('{');
                string comma = "";
                foreach ((string name, JsonNode? value) in obj.OrderBy(each => each.Key, StringComparer.Ordinal))
                {
                    text.Append(comma).Append(JsonSerializer.Serialize(name, Plain)).Append(':');
                    Write(value, text);
                    comma = ",";
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                for (int i = 0; i < list.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Write(list[i], text);
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString(Plain) ?? "null");
                break;
        }
    }
}
