namespace Temporalio.Common;

/// <summary>Makes metrics for user code. They are heard on the SDK's own meter, <c>Temporalio</c>.</summary>
public abstract class MetricMeter
{
    /// <summary>A number that only grows.</summary>
    /// <typeparam name="T">An integer.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="unit">What its values are in.</param>
    /// <param name="description">What it tells.</param>
    /// <exception cref="ArgumentException">The type is none of these.</exception>
    public abstract MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null)
        where T : struct;

    /// <summary>Values of which their distribution is of interest.</summary>
    /// <typeparam name="T">An integer, a floating-point number, or <see cref="TimeSpan"/>, which is told in milliseconds.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="unit">What its values are in.</param>
    /// <param name="description">What it tells.</param>
    /// <exception cref="ArgumentException">The type is none of these.</exception>
    public abstract MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null)
        where T : struct;

    /// <summary>A value that is what it was last set to.</summary>
    /// <typeparam name="T">An integer or a floating-point number.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="unit">What its values are in.</param>
    /// <param name="description">What it tells.</param>
    /// <exception cref="ArgumentException">The type is none of these.</exception>
    public abstract MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null)
        where T : struct;

    /// <summary>The same meter, whose metrics have further tags.</summary>
    /// <param name="tags">The tags; they win over those that it has.</param>
    public abstract MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags);
}
