namespace Temporalio.Workflows;

/// <summary>A change of one memo value.</summary>
public class MemoUpdate
{
    private MemoUpdate(string key, bool hasValue, object? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        UntypedKey = key;
        HasValue = hasValue;
        UntypedValue = value;
    }

    /// <summary>Whether the value is set, not removed.</summary>
    public bool HasValue { get; }

    /// <summary>The key.</summary>
    public string UntypedKey { get; }

    /// <summary>The value; null if it is removed.</summary>
    public object? UntypedValue { get; }

    /// <summary>Sets a value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value, not null.</param>
    /// <returns>The change.</returns>
    public static MemoUpdate ValueSet(string key, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(key, hasValue: true, value);
    }

    /// <summary>Removes a value.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The change.</returns>
    public static MemoUpdate ValueUnset(string key) => new(key, hasValue: false, value: null);
}
