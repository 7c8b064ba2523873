using System.Text.Json.Nodes;
using k8s;

namespace Orchestrator.Kubernetes;

/// <summary>
/// Which objects a watch has told of, so that a list, after a gap, tells only what differs: also what has gone meanwhile.
/// </summary>
internal sealed class KnownObjects(ResourceType type)
{
    private readonly Dictionary<(string? Namespace, string Name), Known> _known = [];
    private int _list;

    /// <summary>A list begins: what it will not contain has gone.</summary>
    public void BeginList() => _list++;

    /// <summary>The events that bring the caller from what it knows to this object of the list.</summary>
    public IEnumerable<WatchEvent> Listed(JsonObject obj)
    {
        Known now = new(obj.Uid(), obj.ResourceVersion(), obj["kind"]?.GetValue<string>(), _list);
        (string?, string) key = (obj.Namespace(), obj.Name());
        bool wasKnown = _known.TryGetValue(key, out Known? before);
        _known[key] = now;
        if (!wasKnown)
        {
            return [new WatchEvent(WatchEventType.Added, obj)];
        }

        if (before!.Uid != now.Uid)
        {
            return [Gone(key, before), new WatchEvent(WatchEventType.Added, obj)];
        }

        return before.ResourceVersion == now.ResourceVersion ? [] : [new WatchEvent(WatchEventType.Modified, obj)];
    }

    /// <summary>The list is complete: the events for what it did not contain.</summary>
    public IReadOnlyList<WatchEvent> EndList()
    {
        List<WatchEvent> gone = [];
        foreach (((string?, string) key, Known known) in _known.Where(entry => entry.Value.List != _list).ToList())
        {
            _known.Remove(key);
            gone.Add(Gone(key, known));
        }

        return gone;
    }

    /// <summary>The server has told of a change.</summary>
    public void Told(WatchEvent change)
    {
        JsonObject obj = change.Object;
        (string?, string) key = (obj.Namespace(), obj.Name());
        if (change.Type == WatchEventType.Deleted)
        {
            _known.Remove(key);
        }
        else
        {
            _known[key] = new Known(obj.Uid(), obj.ResourceVersion(), obj["kind"]?.GetValue<string>(), _list);
        }
    }

    private WatchEvent Gone((string? Namespace, string Name) key, Known known)
    {
        JsonObject metadata = new() { ["name"] = key.Name };
        if (key.Namespace is not null)
        {
            metadata["namespace"] = key.Namespace;
        }

        metadata["uid"] = known.Uid;
        metadata["resourceVersion"] = known.ResourceVersion;
        return new WatchEvent(
            WatchEventType.Deleted, new JsonObject { ["apiVersion"] = type.ApiVersion, ["kind"] = known.Kind, ["metadata"] = metadata });
    }

    private sealed record Known(string Uid, string ResourceVersion, string? Kind, int List);
}
