using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Temporalio.Worker.Instances;

/// <summary>
/// The handlers of a run by name, for workflow code to change. It is a copy of the type's own handlers from the first change on.
/// </summary>
/// <typeparam name="TDefinition">The kind of handler.</typeparam>
/// <param name="original">The handlers of the type.</param>
/// <param name="onAdding">Called with each handler before it is set; throws if it must not be.</param>
internal sealed class HandlerMap<TDefinition>(
    IReadOnlyDictionary<string, TDefinition> original, Action<string, TDefinition, Action> onAdding) : IDictionary<string, TDefinition>
{
    private Dictionary<string, TDefinition>? _changed;

    public int Count => Present.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => [.. Present.Keys];

    public ICollection<TDefinition> Values => [.. Present.Values];

    private IReadOnlyDictionary<string, TDefinition> Present => _changed ?? original;

    private Dictionary<string, TDefinition> Changed => _changed ??= original.ToDictionary();

    public TDefinition this[string key]
    {
        get => Present[key];
        set => onAdding(key, value, () => Changed[key] = value);
    }

    public void Add(string key, TDefinition value) => onAdding(key, value, () => Changed.Add(key, value));

    public void Add(KeyValuePair<string, TDefinition> item) => Add(item.Key, item.Value);

    public void Clear() => Changed.Clear();

    public bool Contains(KeyValuePair<string, TDefinition> item) => Present.Contains(item);

    public bool ContainsKey(string key) => Present.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, TDefinition>[] array, int arrayIndex)
    {
        foreach (KeyValuePair<string, TDefinition> item in Present)
        {
            array[arrayIndex++] = item;
        }
    }

    public IEnumerator<KeyValuePair<string, TDefinition>> GetEnumerator() => Present.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Remove(string key) => Changed.Remove(key);

    public bool Remove(KeyValuePair<string, TDefinition> item) => Contains(item) && Remove(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TDefinition value) => Present.TryGetValue(key, out value);
}
