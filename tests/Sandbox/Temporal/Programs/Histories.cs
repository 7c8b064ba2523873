using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>
/// Histories as lines that are the same on every server: without times, sizes and stack traces; random ids numbered as they come.
/// </summary>
internal sealed partial class Histories(string programId)
{
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal)
    {
        "eventTime", "taskId", "historySizeBytes", "stackTrace", "requestId", "startRequestId", "workflowExecutionExpirationTime",
        "firstWorkflowTaskBackoff",
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _queues = new(StringComparer.Ordinal);

    /// <summary>One line for each event.</summary>
    public IEnumerable<string> Lines(IEnumerable<HistoryEvent> events) => events.Select(Line);

    private string Line(HistoryEvent made)
    {
        JsonNode json = JsonNode.Parse(JsonFormatter.Default.Format(made))!;
        string text = Sorted(json)!.ToJsonString(Plain);
        text = text.Replace(programId, "PROGRAM", StringComparison.Ordinal);
        text = MarkerTime().Replace(Time().Replace(text, "TIME"), "TIME");
        text = StickyQueue().Replace(text, match => Numbered(_queues, match.Value, "queue"));
        return Random().Replace(text, match => Numbered(_ids, match.Value, "id"));
    }

    private static string Numbered(Dictionary<string, string> known, string value, string prefix) =>
        known.TryGetValue(value, out string? number) ? number : known[value] = $"{prefix}{known.Count}";

    // Fields by name and numbers by value: neither sets nor maps have an order of their own.
    private static JsonNode? Sorted(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                return new JsonObject(fields.Where(field => !Left.Contains(field.Key)).OrderBy(field => field.Key, StringComparer.Ordinal)
                    .Select(field => KeyValuePair.Create(field.Key, field.Key == "data" ? Text(field.Value!) : Sorted(field.Value))));
            case JsonArray items:
                IEnumerable<JsonNode?> sorted = items.All(item => item?.GetValueKind() == JsonValueKind.Number)
                    ? items.OrderBy(item => item!.GetValue<double>()) : items;
                return new JsonArray([.. sorted.Select(Sorted)]);
            default:
                return node?.DeepClone();
        }
    }

    private static JsonNode? Text(JsonNode data) => data.GetValueKind() == JsonValueKind.String
        ? JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(data.GetValue<string>()))) : Sorted(data);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")]
    private static partial Regex Random();

    [GeneratedRegex("worker-[0-9a-f]{32}")]
    private static partial Regex StickyQueue();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();

    // In the marker of a local activity.
    [GeneratedRegex("""\{\\"seconds\\":\d+,\\"nanos\\":\d+\}""")]
    private static partial Regex MarkerTime();
}
