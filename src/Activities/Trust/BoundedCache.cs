using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Activities.Trust;

/// <summary>What was read of the last runs. Thread-safe; it forgets everything when it is full, and then it is read again.</summary>
internal sealed class BoundedCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<TKey, TValue> _values = new();

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value) => _values.TryGetValue(key, out value);

    public TValue Add(TKey key, TValue value)
    {
        if (_values.Count >= Most)
        {
            _values.Clear();
        }

        return _values[key] = value;
    }
}
