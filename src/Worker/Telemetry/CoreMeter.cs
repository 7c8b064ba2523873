using System.Diagnostics.Metrics;
using Temporalio.Runtime;

namespace Orchestrator.Worker.Telemetry;

/// <summary>
/// Temporal's own metrics, and those that workflows and activities record through their <c>MetricMeter</c>, as instruments of a .NET meter:
/// what exports ours exports them. Durations are in seconds.
/// </summary>
internal sealed class CoreMeter(IMeterFactory meters) : ICustomMetricMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Temporalio";

    // From a poll that finds work at once to an activity that watches a roll for an hour.
    private static readonly double[] Seconds =
        [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

    private readonly Meter _meter = meters.Create(Name);

    /// <inheritdoc/>
    public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct => new CoreCounter<T>(_meter.CreateCounter<T>(name, unit, description));

    /// <inheritdoc/>
    public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct => new CoreHistogram<T>(_meter.CreateHistogram(name, unit, description, tags: null, Buckets<T>(unit)));

    /// <inheritdoc/>
    public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct => new CoreGauge<T>(_meter.CreateGauge<T>(name, unit, description));

    /// <inheritdoc/>
    public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags)
    {
        // A later value of a name takes the place of an earlier one: a backend refuses a name that comes twice.
        Dictionary<string, object?> all = new(StringComparer.Ordinal);
        foreach ((string name, object? value) in appendFrom as KeyValuePair<string, object?>[] ?? [])
        {
            all[name] = value;
        }

        foreach ((string name, object value) in tags)
        {
            all[name] = value;
        }

        return all.ToArray();
    }

    // Without advice the buckets are OpenTelemetry's for milliseconds.
    private static InstrumentAdvice<T>? Buckets<T>(string? unit)
        where T : struct => unit == "s" && Seconds is T[] boundaries ? new() { HistogramBucketBoundaries = boundaries } : null;

    private sealed class CoreCounter<T>(Counter<T> counter) : ICustomMetricCounter<T>
        where T : struct
    {
        public void Add(T value, object tags) => counter.Add(value, (KeyValuePair<string, object?>[])tags);
    }

    private sealed class CoreHistogram<T>(Histogram<T> histogram) : ICustomMetricHistogram<T>
        where T : struct
    {
        public void Record(T value, object tags) => histogram.Record(value, (KeyValuePair<string, object?>[])tags);
    }

    private sealed class CoreGauge<T>(Gauge<T> gauge) : ICustomMetricGauge<T>
        where T : struct
    {
        public void Set(T value, object tags) => gauge.Record(value, (KeyValuePair<string, object?>[])tags);
    }
}
