namespace Temporalio.Common;

/// <summary>Values of which their distribution is of interest.</summary>
/// <typeparam name="T">The type of its values: an integer, a floating-point number, or <see cref="TimeSpan"/>.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="unit">What its values are in.</param>
/// <param name="description">What it tells.</param>
public abstract class MetricHistogram<T>(string name, string? unit = null, string? description = null) : Metric<T>(name, unit, description)
    where T : struct
{
    /// <summary>Takes a value into account.</summary>
    /// <param name="value">The value.</param>
    /// <param name="extraTags">Tags of this value alone; they win over those of the metric.</param>
    public abstract void Record(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null);

    /// <summary>The same metric with further tags.</summary>
    /// <param name="tags">The tags; they win over those that it has.</param>
    public abstract MetricHistogram<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags);
}
