using Temporalio.Common;

namespace Temporalio.Telemetry;

/// <inheritdoc cref="MetricCounter{T}"/>
internal sealed class UserCounter<T>(
    string name, string? unit, string? description, Func<T, long> convert, UserSink<long> sink, UserTags tags, Func<bool> isSilent)
    : MetricCounter<T>(name, unit, description)
    where T : struct
{
    private readonly UserTags _tags = tags;

    /// <inheritdoc/>
    public override void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null)
    {
        if (!isSilent())
        {
            sink(convert(value), _tags.With(extraTags).Pairs);
        }
    }

    /// <inheritdoc/>
    public override MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new UserCounter<T>(Name, Unit, Description, convert, sink, _tags.With(tags), isSilent);
}
