using System.Collections.Immutable;
using Names = System.Collections.Immutable.ImmutableSortedDictionary<string, Orchestrator.Sandbox.Kubernetes.Storage.StoredObject>;
using Namespaces = System.Collections.Immutable.ImmutableSortedDictionary<
    string,
    System.Collections.Immutable.ImmutableSortedDictionary<string, Orchestrator.Sandbox.Kubernetes.Storage.StoredObject>>;

namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>
/// The objects of one resource, now and at the revisions that are remembered. Each state shares nearly everything with the one before.
/// Changed under the store's lock.
/// </summary>
internal sealed class ResourceTable
{
    private static readonly Names NoNames = Names.Empty.WithComparers(StringComparer.Ordinal);

    private readonly Queue<(long Revision, Namespaces State)> _earlier = new();
    private Namespaces _now = Namespaces.Empty.WithComparers(NamespaceOrder.Instance);
    private long _changed;

    public StoredObject? Find(string? @namespace, string name) =>
        _now.TryGetValue(@namespace ?? "", out Names? names) && names.TryGetValue(name, out StoredObject? found) ? found : null;

    /// <summary>The objects at a revision that is remembered, or now.</summary>
    public IReadOnlyList<StoredObject> List(string? @namespace, long? revision)
    {
        Namespaces state = revision is { } at && at < _changed ? _earlier.LastOrDefault(each => each.Revision <= at).State : _now;
        return (state, @namespace) switch
        {
            (null, _) => [],
            (_, null) => [.. state.Values.SelectMany(names => names.Values)],
            _ => state.TryGetValue(@namespace, out Names? names) ? [.. names.Values] : [],
        };
    }

    public void Put(StoredObject obj)
    {
        Names names = _now.GetValueOrDefault(obj.Namespace ?? "") ?? NoNames;
        Change(obj.ResourceVersion, _now.SetItem(obj.Namespace ?? "", names.SetItem(obj.Name, obj)));
    }

    public void Remove(ObjectKey key, long revision)
    {
        Names names = _now[key.Namespace ?? ""].Remove(key.Name);
        Change(revision, names.IsEmpty ? _now.Remove(key.Namespace ?? "") : _now.SetItem(key.Namespace ?? "", names));
    }

    /// <summary>Forgets what was before a revision, but for the state at it.</summary>
    public void Forget(long revision)
    {
        while (_earlier.Count > 0 && (_earlier.Skip(1).Select(each => each.Revision).FirstOrDefault(_changed) <= revision))
        {
            _earlier.Dequeue();
        }
    }

    private void Change(long revision, Namespaces state)
    {
        _earlier.Enqueue((_changed, _now));
        (_now, _changed) = (state, revision);
    }

    // The keys of the real store are paths, in which a name ends with a slash: "a-b/" comes before "a/".
    private sealed class NamespaceOrder : IComparer<string>
    {
        public static readonly NamespaceOrder Instance = new();

        public int Compare(string? x, string? y) => string.CompareOrdinal($"{x}/", $"{y}/");
    }
}
