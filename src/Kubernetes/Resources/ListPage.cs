using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>
/// One page of a list. Its objects are read as elements and become nodes one at a time, so that only those that are kept cost.
/// </summary>
internal sealed class ListPage
{
    public const string Missing = "the answer is not a list: it has no items";

    private List<JsonElement>? _items;

    public string? Kind { get; init; }

    public string? ApiVersion { get; init; }

    public PageMetadata? Metadata { get; init; }

    /// <summary>The objects; an empty list may come as null.</summary>
    public List<JsonElement>? Items
    {
        get => _items;
        init => (_items, IsList) = (value, true);
    }

    /// <summary>Whether there are items at all: an answer without is not a list, and never to be taken for an empty one.</summary>
    public bool IsList { get; private init; }

    public string ResourceVersion => Metadata?.ResourceVersion ?? "";

    /// <summary>The token of the next page; null on the last one.</summary>
    public string? Continue => Metadata?.Continue is { Length: > 0 } token ? token : null;

    /// <summary>
    /// The objects, one after the other. Kinds that come with the server leave out kind and apiVersion in lists; they are filled in.
    /// </summary>
    /// <exception cref="FormatException">An item is not an object.</exception>
    public IEnumerable<JsonObject> Objects()
    {
        foreach (JsonElement item in Items ?? [])
        {
            JsonObject result = item.ValueKind == JsonValueKind.Object
                ? JsonObject.Create(item)!
                : throw new FormatException("an item of the list is not an object");
            if (Kind is not null && result["kind"] is null && Kind.EndsWith("List", StringComparison.Ordinal))
            {
                result.Insert(0, "kind", Kind[..^"List".Length]);
                result.Insert(1, "apiVersion", ApiVersion);
            }

            yield return result;
        }
    }

    internal sealed record PageMetadata(string? ResourceVersion, string? Continue);
}
