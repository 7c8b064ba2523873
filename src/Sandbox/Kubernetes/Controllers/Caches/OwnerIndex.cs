using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>Which objects there are by their uid, and which of them name which others as their owner, over all resources.</summary>
internal sealed class OwnerIndex
{
    private readonly Dictionary<string, Dictionary<ObjectKey, StoredObject>> _dependents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectKey> _keys = new(StringComparer.Ordinal);

    /// <summary>The object with a uid; null where there is none.</summary>
    public ObjectKey? Find(string uid) => _keys.TryGetValue(uid, out ObjectKey key) ? key : null;

    /// <summary>The objects that name an owner, of all resources.</summary>
    public IReadOnlyCollection<StoredObject> Of(string uid) =>
        _dependents.TryGetValue(uid, out Dictionary<ObjectKey, StoredObject>? found) ? found.Values : [];

    /// <summary>The objects of one resource that name an owner, by name.</summary>
    public IReadOnlyList<StoredObject> Of(string uid, GroupResource resource) =>
        [.. Of(uid).Where(each => each.Key.Resource == resource).OrderBy(each => each.Name, StringComparer.Ordinal)];

    /// <summary>Takes in a change.</summary>
    public void Observe(StoreEvent change)
    {
        if (change.Previous is { } before)
        {
            foreach (OwnerReference owner in OwnerReference.Of(before))
            {
                Remove(owner.Uid, before.Key);
            }
        }

        if (change.Type == StoreEventType.Deleted)
        {
            _keys.Remove(change.Object.Uid);
        }
        else
        {
            Add(change.Object);
        }
    }

    private void Add(StoredObject obj)
    {
        _keys[obj.Uid] = obj.Key;
        foreach (OwnerReference owner in OwnerReference.Of(obj))
        {
            if (!_dependents.TryGetValue(owner.Uid, out Dictionary<ObjectKey, StoredObject>? found))
            {
                _dependents[owner.Uid] = found = [];
            }

            found[obj.Key] = obj;
        }
    }

    private void Remove(string uid, ObjectKey key)
    {
        if (_dependents.TryGetValue(uid, out Dictionary<ObjectKey, StoredObject>? found) && found.Remove(key) && found.Count == 0)
        {
            _dependents.Remove(uid);
        }
    }
}
