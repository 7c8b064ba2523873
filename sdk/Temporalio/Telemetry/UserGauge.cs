using Temporalio.Common;

namespace Temporalio.Telemetry;

/// <inheritdoc cref="MetricGauge{T}"/>
internal sealed class UserGauge<T>(
    string name, string? unit, string? description, Func<T, double> convert, UserSink<double> sink, UserTags tags, Func<bool> isSilent)
    : MetricGauge<T>(name, unit, description)
    where T : struct
{
    private readonly UserTags _tags = tags;

    /// <inheritdoc/>
    public override void Set(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null)
    {
        if (!isSilent())
        {
            sink(convert(value), _tags.With(extraTags).Pairs);
        }
    }

    /// <inheritdoc/>
    public override MetricGauge<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new UserGauge<T>(Name, Unit, Description, convert, sink, _tags.With(tags), isSilent);
}
