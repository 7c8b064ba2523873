using Temporalio.Api.Enums.V1;
using Temporalio.Workflows;

namespace Temporalio.Common;

/// <summary>The name and type of a search attribute, with the .NET type of its value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed record SearchAttributeKey<T> : SearchAttributeKey
    where T : notnull
{
    /// <summary>Initializes an instance.</summary>
    internal SearchAttributeKey(string name, IndexedValueType valueType)
        : base(name, valueType)
    {
    }

    /// <summary>An update, for workflow code, that sets the attribute.</summary>
    public SearchAttributeUpdate<T> ValueSet(T value) => SearchAttributeUpdate.ValueSet(this, value);

    /// <summary>An update, for workflow code, that removes the attribute.</summary>
    public SearchAttributeUpdate<T> ValueUnset() => SearchAttributeUpdate.ValueUnset(this);

    /// <inheritdoc/>
    public bool Equals(SearchAttributeKey<T>? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
