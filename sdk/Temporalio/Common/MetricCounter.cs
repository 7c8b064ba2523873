namespace Temporalio.Common;

/// <summary>A number that only grows.</summary>
/// <typeparam name="T">The type of its values: an integer.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="unit">What its values are in.</param>
/// <param name="description">What it tells.</param>
public abstract class MetricCounter<T>(string name, string? unit = null, string? description = null) : Metric<T>(name, unit, description)
    where T : struct
{
    /// <summary>Adds to it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="extraTags">Tags of this value alone; they win over those of the metric.</param>
    public abstract void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null);

    /// <summary>The same metric with further tags.</summary>
    /// <param name="tags">The tags; they win over those that it has.</param>
    public abstract MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags);
}
