using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>A change of one search attribute of the workflow.</summary>
public abstract class SearchAttributeUpdate
{
    /// <summary>Initializes an instance.</summary>
    private protected SearchAttributeUpdate(bool hasValue) => HasValue = hasValue;

    /// <summary>Whether the attribute is set; false when it is removed.</summary>
    public bool HasValue { get; }

    /// <summary>The key.</summary>
    public abstract SearchAttributeKey UntypedKey { get; }

    /// <summary>The value to set.</summary>
    /// <exception cref="InvalidOperationException">The attribute is removed.</exception>
    public abstract object UntypedValue { get; }

    /// <summary>Sets the attribute.</summary>
    public static SearchAttributeUpdate<T> ValueSet<T>(SearchAttributeKey<T> key, T value)
        where T : notnull => new(key, hasValue: true, value);

    /// <summary>Removes the attribute.</summary>
    public static SearchAttributeUpdate<T> ValueUnset<T>(SearchAttributeKey<T> key)
        where T : notnull => new(key, hasValue: false, default);
}
