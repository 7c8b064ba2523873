namespace Temporalio.Telemetry;

/// <summary>The tags of a metric, each key once.</summary>
/// <param name="Pairs">The tags.</param>
internal sealed record UserTags(KeyValuePair<string, object?>[] Pairs)
{
    /// <summary>With further tags, which win.</summary>
    public UserTags With(IEnumerable<KeyValuePair<string, object>>? more)
    {
        if (more is null)
        {
            return this;
        }

        KeyValuePair<string, object?>[] added = [.. more.Select(tag => new KeyValuePair<string, object?>(tag.Key, tag.Value))];
        return new([.. Pairs.Where(tag => !added.Any(other => other.Key == tag.Key)), .. added]);
    }
}
