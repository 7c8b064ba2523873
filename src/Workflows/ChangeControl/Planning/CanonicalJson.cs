using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>
/// The JSON Canonicalization Scheme of RFC 8785: no white space, members sorted by UTF-16 code units, the shortest escapes. Numbers are
/// whole numbers only: what is hashed here carries fractions as text, so the scheme's floating-point form is not needed.
/// </summary>
public static class CanonicalJson
{
    // RFC 8785 3.2.2.3: numbers are IEEE doubles, exact up to here.
    private const long LargestExactInteger = 1L << 53;

    /// <summary>The canonical text of a value, as its .NET type serializes.</summary>
    /// <exception cref="NotSupportedException">A number has a fraction or is beyond ±2^53.</exception>
    public static string Serialize<T>(T value)
    {
        StringBuilder text = new();
        Append(text, JsonSerializer.SerializeToNode(value));
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject obj:
                AppendList(text, '{', '}', obj.OrderBy(member => member.Key, StringComparer.Ordinal), member =>
                {
                    AppendString(text, member.Key);
                    text.Append(':');
                    Append(text, member.Value);
                });
                break;
            case JsonArray array:
                AppendList(text, '[', ']', array, item => Append(text, item));
                break;
            default:
                AppendScalar(text, node.AsValue());
                break;
        }
    }

    private static void AppendList<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        bool first = true;
        foreach (T item in items)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            append(item);
        }

        text.Append(close);
    }

    private static void AppendScalar(StringBuilder text, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendString(text, value.GetValue<string>());
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                AppendNumber(text, value.ToJsonString());
                break;
        }
    }

    private static void AppendNumber(StringBuilder text, string number)
    {
        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            || whole is < -LargestExactInteger or > LargestExactInteger)
        {
            throw new NotSupportedException($"Canonical JSON here holds whole numbers up to ±2^53, not {number}.");
        }

        text.Append(whole.ToString(CultureInfo.InvariantCulture));
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
