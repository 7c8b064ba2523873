using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>One page of a list, kept as text: its objects are decoded one at a time.</summary>
internal sealed class ListPage : IDisposable
{
    private readonly ApiAnswer _answer;
    private readonly List<Range> _items = [];
    private string? _kind;
    private string? _apiVersion;
    private JsonNode? _metadata;

    private ListPage(ApiAnswer answer) => _answer = answer;

    public int Count => _items.Count;

    public string? ResourceVersion => _metadata?["resourceVersion"]?.GetValue<string>();

    /// <summary>The token of the next page; null on the last one.</summary>
    public string? Continue => _metadata?["continue"]?.GetValue<string>() is { Length: > 0 } token ? token : null;

    /// <exception cref="FormatException">This is not a list: never to be taken for an empty one.</exception>
    /// <exception cref="JsonException">This is not JSON.</exception>
    public static ListPage Parse(ApiAnswer answer)
    {
        ListPage page = new(answer);
        if (!page.Scan())
        {
            throw new FormatException("the answer is not a list: it has no items");
        }

        return page;
    }

    /// <summary>An object of the page. Kinds that come with the server leave out kind and apiVersion in lists; they are filled in.</summary>
    public JsonObject Decode(int index)
    {
        Range item = _items[index];
        JsonObject result = JsonNode.Parse(_answer.Body[item].Span, documentOptions: WireJson.Reading)!.AsObject();
        if (_kind is not null && result["kind"] is null && _kind.EndsWith("List", StringComparison.Ordinal))
        {
            result.Insert(0, "kind", _kind[..^"List".Length]);
            result.Insert(1, "apiVersion", _apiVersion);
        }

        return result;
    }

    public void Dispose() => _answer.Dispose();

    private bool Scan()
    {
        Utf8JsonReader reader = new(_answer.Body.Span, WireJson.Scanning);
        bool isList = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "kind":
                    _kind = reader.GetString();
                    break;
                case "apiVersion":
                    _apiVersion = reader.GetString();
                    break;
                case "metadata":
                    _metadata = JsonNode.Parse(ref reader);
                    break;
                case "items":
                    isList = ScanItems(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return isList;
    }

    private bool ScanItems(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException($"item {_items.Count} of the list is not an object");
            }

            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            _items.Add(start..(int)reader.BytesConsumed);
        }

        return true;
    }
}
