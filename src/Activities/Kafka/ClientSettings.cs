using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>What every client is set to.</summary>
internal static class ClientSettings
{
    public static T Of<T>(KafkaAddress address, TimeSpan limit)
        where T : ClientConfig, new()
    {
        T settings = new()
        {
            BootstrapServers = address.BootstrapServers,
            ClientId = "orchestrator",
            SocketTimeoutMs = (int)limit.TotalMilliseconds,
            ReconnectBackoffMs = 250,
            LogConnectionClose = false,
        };
        address.Credentials?.ApplyTo(settings);
        return settings;
    }
}
