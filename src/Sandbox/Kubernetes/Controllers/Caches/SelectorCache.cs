using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>
/// The objects of one resource that choose pods by a selector, such as budgets and services. Which of them choose a pod is found by the
/// labels that they ask for, without a look at each.
/// </summary>
internal sealed class SelectorCache(GroupResource resource, Func<StoredObject, LabelSelector?> selector)
{
    // Under one of the labels that it asks for; under no label those that ask for none by its very value.
    private readonly Dictionary<(string Namespace, string? Label, string? Value), Dictionary<ObjectKey, LabelSelector>> _places = [];
    private readonly Dictionary<ObjectKey, ((string Namespace, string? Label, string? Value) Place, LabelSelector Selector)> _known = [];

    /// <summary>What it reads.</summary>
    public GroupResource Resource { get; } = resource;

    /// <summary>The selector of an object; null where it chooses nothing.</summary>
    public LabelSelector? Find(ObjectKey key) => _known.TryGetValue(key, out var found) ? found.Selector : null;

    /// <summary>The objects that choose a pod with these labels.</summary>
    public IEnumerable<ObjectKey> Choosing(string @namespace, IReadOnlyDictionary<string, string> labels)
    {
        foreach (KeyValuePair<string?, string?> label in labels.Select(each => KeyValuePair.Create<string?, string?>(each.Key, each.Value))
            .Append(default))
        {
            if (_places.TryGetValue((@namespace, label.Key, label.Value), out Dictionary<ObjectKey, LabelSelector>? candidates))
            {
                foreach ((ObjectKey key, LabelSelector each) in candidates)
                {
                    if (each.Matches(labels))
                    {
                        yield return key;
                    }
                }
            }
        }
    }

    /// <summary>Takes in a change of one of its objects.</summary>
    public void Observe(StoreEvent change)
    {
        ObjectKey key = change.Object.Key;
        if (_known.Remove(key, out var before))
        {
            _places[before.Place].Remove(key);
        }

        if (change.Type != StoreEventType.Deleted && selector(change.Object) is { } now)
        {
            // Of several labels the last one is the most telling: a set's name comes before a pod's.
            KeyValuePair<string, string> label = now.Exact.LastOrDefault();
            (string, string?, string?) place = (key.Namespace!, label.Key, label.Value);
            if (!_places.TryGetValue(place, out Dictionary<ObjectKey, LabelSelector>? bucket))
            {
                _places[place] = bucket = [];
            }

            bucket[key] = now;
            _known[key] = (place, now);
        }
    }
}
