using Temporalio.Common;

namespace Temporalio.Telemetry;

/// <inheritdoc cref="MetricHistogram{T}"/>
internal sealed class UserHistogram<T>(
    string name, string? unit, string? description, Func<T, double> convert, UserSink<double> sink, UserTags tags, Func<bool> isSilent)
    : MetricHistogram<T>(name, unit, description)
    where T : struct
{
    private readonly UserTags _tags = tags;

    /// <inheritdoc/>
    public override void Record(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null)
    {
        if (!isSilent())
        {
            sink(convert(value), _tags.With(extraTags).Pairs);
        }
    }

    /// <inheritdoc/>
    public override MetricHistogram<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new UserHistogram<T>(Name, Unit, Description, convert, sink, _tags.With(tags), isSilent);
}
