using System.Diagnostics.Metrics;
using Temporalio.Common;

namespace Temporalio.Telemetry;

/// <summary>Makes user code's metrics on the SDK's own meter, with the tags of where the code runs.</summary>
/// <param name="tags">The tags.</param>
/// <param name="isSilent">Whether nothing is measured now, as while a workflow does again what it did before.</param>
internal sealed class UserMeter(UserTags tags, Func<bool> isSilent) : MetricMeter
{
    private readonly UserTags _tags = tags;

    /// <inheritdoc/>
    public override MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null)
    {
        Func<T, long> convert = UserValue.Whole<T>(nameof(CreateCounter));
        Counter<long> counter = SdkInstruments.Meter.CreateCounter<long>(name, unit, description);
        return new UserCounter<T>(name, unit, description, convert, counter.Add, _tags, isSilent);
    }

    /// <inheritdoc/>
    public override MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null)
    {
        Func<T, double> convert = UserValue.Any<T>(nameof(CreateHistogram), withTime: true);
        Histogram<double> histogram = SdkInstruments.Meter.CreateHistogram<double>(name, unit, description);
        return new UserHistogram<T>(name, unit, description, convert, histogram.Record, _tags, isSilent);
    }

    /// <inheritdoc/>
    public override MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null)
    {
        Func<T, double> convert = UserValue.Any<T>(nameof(CreateGauge), withTime: false);
        Gauge<double> gauge = SdkInstruments.Meter.CreateGauge<double>(name, unit, description);
        return new UserGauge<T>(name, unit, description, convert, gauge.Record, _tags, isSilent);
    }

    /// <inheritdoc/>
    public override MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags) => new UserMeter(_tags.With(tags), isSilent);
}
