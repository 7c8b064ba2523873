using Temporalio.Api.Enums.V1;

namespace Temporalio.Common;

/// <summary>The name and type of a search attribute. Two keys are equal when both are.</summary>
public record SearchAttributeKey : IComparable<SearchAttributeKey>
{
    /// <summary>Initializes an instance.</summary>
    internal SearchAttributeKey(string name, IndexedValueType valueType)
    {
        Name = name;
        ValueType = valueType;
    }

    /// <summary>The name, as registered with the server.</summary>
    public string Name { get; }

    /// <summary>The type, as registered with the server.</summary>
    public IndexedValueType ValueType { get; }

    /// <summary>A key for true or false.</summary>
    public static SearchAttributeKey<bool> CreateBool(string name) => new(name, IndexedValueType.Bool);

    /// <summary>A key for points in time.</summary>
    public static SearchAttributeKey<DateTimeOffset> CreateDateTimeOffset(string name) => new(name, IndexedValueType.Datetime);

    /// <summary>A key for floating-point numbers.</summary>
    public static SearchAttributeKey<double> CreateDouble(string name) => new(name, IndexedValueType.Double);

    /// <summary>A key for text that is compared as a whole.</summary>
    public static SearchAttributeKey<string> CreateKeyword(string name) => new(name, IndexedValueType.Keyword);

    /// <summary>A key for lists of text.</summary>
    public static SearchAttributeKey<IReadOnlyCollection<string>> CreateKeywordList(string name) =>
        new(name, IndexedValueType.KeywordList);

    /// <summary>A key for whole numbers.</summary>
    public static SearchAttributeKey<long> CreateLong(string name) => new(name, IndexedValueType.Int);

    /// <summary>A key for text that is searched by its words.</summary>
    public static SearchAttributeKey<string> CreateText(string name) => new(name, IndexedValueType.Text);

    /// <summary>Orders by name, then by type.</summary>
    public int CompareTo(SearchAttributeKey? other)
    {
        int byName = string.CompareOrdinal(Name, other?.Name);
        return byName != 0 ? byName : ValueType.CompareTo(other?.ValueType ?? IndexedValueType.Unspecified);
    }

    // A typed key and the untyped one that is read from the server are the same key.

    /// <inheritdoc/>
    public virtual bool Equals(SearchAttributeKey? other) => other is not null && Name == other.Name && ValueType == other.ValueType;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, ValueType);
}
