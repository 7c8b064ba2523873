using System.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>
/// Search attributes with their types. Made with a <see cref="Builder"/>; inside a workflow the collection shows later upserts.
/// </summary>
public class SearchAttributeCollection : IReadOnlyCollection<SearchAttributeKey>
{
    /// <summary>No search attributes.</summary>
    public static readonly SearchAttributeCollection Empty = new([]);

    private readonly SortedDictionary<SearchAttributeKey, object> _values;

    private SearchAttributeCollection(SortedDictionary<SearchAttributeKey, object> values) => _values = values;

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <summary>The values by key, ordered by name.</summary>
    public IReadOnlyDictionary<SearchAttributeKey, object> UntypedValues => _values;

    /// <summary>Reads what the server sent; attributes without a value are left out.</summary>
    /// <exception cref="ArgumentException">A payload does not say its type, or holds no value of it.</exception>
    public static SearchAttributeCollection FromProto(SearchAttributes searchAttributes)
    {
        SortedDictionary<SearchAttributeKey, object> values = [];
        foreach ((string name, Payload payload) in searchAttributes.IndexedFields)
        {
            if (SearchAttributePayload.Read(payload) is { } read)
            {
                values[new(name, read.Type)] = read.Value;
            }
        }

        return new(values);
    }

    /// <summary>Whether there is a value of this name and type.</summary>
    public bool ContainsKey<T>(SearchAttributeKey<T> key)
        where T : notnull => _values.ContainsKey(key);

    /// <summary>Whether there is a value of this name, whatever its type.</summary>
    public bool ContainsKey(string key) => FindKey(_values, key) is not null;

    /// <summary>The value of this name and type.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    /// <exception cref="InvalidCastException">Another SDK stored a value that does not fit the type; see <see cref="UntypedValues"/>.</exception>
    public T Get<T>(SearchAttributeKey<T> key)
        where T : notnull => _values.TryGetValue(key, out object? value)
            ? (T)value
            : throw new KeyNotFoundException($"Search attribute {key.Name} of type {key.ValueType} is not there.");

    /// <summary>The value of this name and type, if there is one.</summary>
    public bool TryGetValue<T>(SearchAttributeKey<T> key, out T value)
        where T : notnull
    {
        if (_values.TryGetValue(key, out object? untyped) && untyped is T typed)
        {
            value = typed;
            return true;
        }

        value = default!;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<SearchAttributeKey> GetEnumerator() => _values.Keys.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The attributes as they are sent to the server.</summary>
    public SearchAttributes ToProto()
    {
        SearchAttributes proto = new();
        foreach ((SearchAttributeKey key, object value) in _values)
        {
            proto.IndexedFields[key.Name] = SearchAttributePayload.Write(key, value);
        }

        return proto;
    }

    /// <summary>A copy that <see cref="Apply"/> may change.</summary>
    internal SearchAttributeCollection Copy() => new(new(_values));

    /// <summary>Applies the updates of a workflow in place. Not for several threads at once.</summary>
    /// <exception cref="ArgumentException">Two updates name the same attribute; nothing is changed then.</exception>
    internal void Apply(IReadOnlyCollection<SearchAttributeUpdate> updates)
    {
        if (updates.GroupBy(update => update.UntypedKey.Name).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"Search attribute {twice.Key} is updated {twice.Count()} times in one call.", nameof(updates));
        }

        foreach (SearchAttributeUpdate update in updates)
        {
            Remove(_values, update.UntypedKey.Name);
            if (update.HasValue)
            {
                _values[update.UntypedKey] = update.UntypedValue;
            }
        }
    }

    // A name has one value: the key is looked up without its type.
    private static SearchAttributeKey? FindKey(SortedDictionary<SearchAttributeKey, object> values, string name) =>
        values.Keys.FirstOrDefault(key => key.Name == name);

    private static void Remove(SortedDictionary<SearchAttributeKey, object> values, string name)
    {
        if (FindKey(values, name) is { } key)
        {
            values.Remove(key);
        }
    }

    /// <summary>Makes collections. Not for several threads at once.</summary>
    public class Builder
    {
        private readonly SortedDictionary<SearchAttributeKey, object> _values;

        /// <summary>Initializes an instance without attributes.</summary>
        public Builder() => _values = [];

        /// <summary>Initializes an instance with a copy of these attributes.</summary>
        public Builder(SearchAttributeCollection searchAttributes) => _values = new(searchAttributes._values);

        /// <summary>Sets the attribute, in place of any value of that name.</summary>
        public Builder Set<T>(SearchAttributeKey<T> key, T value)
            where T : notnull
        {
            Remove(_values, key.Name);
            _values[key] = value;
            return this;
        }

        /// <summary>Sets all these attributes.</summary>
        public Builder Set(SearchAttributeCollection searchAttributes)
        {
            foreach ((SearchAttributeKey key, object value) in searchAttributes.UntypedValues)
            {
                Remove(_values, key.Name);
                _values[key] = value;
            }

            return this;
        }

        /// <summary>Removes the attribute of this name, whatever its type.</summary>
        public Builder Unset(SearchAttributeKey key) => Unset(key.Name);

        /// <summary>Removes the attribute of this name, whatever its type.</summary>
        public Builder Unset(string name)
        {
            Remove(_values, name);
            return this;
        }

        /// <summary>The attributes; the builder can be used on.</summary>
        public SearchAttributeCollection ToSearchAttributeCollection() => new(new(_values));
    }
}
