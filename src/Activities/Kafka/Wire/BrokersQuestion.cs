namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>DescribeCluster: where each broker is, for the questions that each answers for itself alone.</summary>
internal static class BrokersQuestion
{
    private const short Key = 60;

    /// <summary>Asks.</summary>
    /// <returns>The brokers that are registered and not fenced: their ids, and <c>host:port</c>.</returns>
    /// <exception cref="WireException">The broker refuses.</exception>
    public static async Task<IReadOnlyList<(int Id, string Address)>> AskAsync(WireConnection connection, CancellationToken cancellationToken)
    {
        WireReader answer = await connection.SendAsync(Key, 0, new WireWriter().Int8(0).NoTags(), cancellationToken);
        answer.Int32();
        WireException.ThrowIf(answer.Int16(), answer.CompactNullableString());
        answer.CompactString();
        answer.Int32();
        return answer.CompactList(() => Broker(answer));
    }

    private static (int Id, string Address) Broker(WireReader answer)
    {
        (int id, string host, int port) = (answer.Int32(), answer.CompactString(), answer.Int32());
        answer.CompactNullableString();
        answer.SkipTags();
        return (id, $"{host}:{port}");
    }
}
