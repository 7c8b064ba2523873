using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>A change of one search attribute of the workflow.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class SearchAttributeUpdate<T> : SearchAttributeUpdate
    where T : notnull
{
    private readonly T? _value;

    /// <summary>Initializes an instance.</summary>
    internal SearchAttributeUpdate(SearchAttributeKey<T> key, bool hasValue, T? value)
        : base(hasValue)
    {
        Key = key;
        _value = value;
    }

    /// <summary>The key.</summary>
    public SearchAttributeKey<T> Key { get; }

    /// <inheritdoc/>
    public override SearchAttributeKey UntypedKey => Key;

    /// <inheritdoc/>
    public override object UntypedValue => Value;

    /// <summary>The value to set.</summary>
    /// <exception cref="InvalidOperationException">The attribute is removed.</exception>
    public T Value => HasValue
        ? _value!
        : throw new InvalidOperationException($"The update of {Key.Name} removes the attribute and has no value.");
}
