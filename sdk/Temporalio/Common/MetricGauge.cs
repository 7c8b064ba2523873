namespace Temporalio.Common;

/// <summary>A value that is what it was last set to.</summary>
/// <typeparam name="T">The type of its values: an integer or a floating-point number.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="unit">What its values are in.</param>
/// <param name="description">What it tells.</param>
public abstract class MetricGauge<T>(string name, string? unit = null, string? description = null) : Metric<T>(name, unit, description)
    where T : struct
{
    /// <summary>Sets it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="extraTags">Tags of this value alone; they win over those of the metric.</param>
    public abstract void Set(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null);

    /// <summary>The same metric with further tags.</summary>
    /// <param name="tags">The tags; they win over those that it has.</param>
    public abstract MetricGauge<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags);
}
