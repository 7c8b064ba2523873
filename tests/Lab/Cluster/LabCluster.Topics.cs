using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Orchestrator.Lab.Cluster;

/// <content>Topics.</content>
public sealed partial class LabCluster
{
    private static readonly TimeSpan TopicTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Creates a topic with its own <c>min.insync.replicas</c>: a broker's setting counts for nothing on clusters formatted by 4.1 or
    /// later.
    /// </summary>
    public async Task CreateTopicAsync(string name, int partitions, short replicationFactor, int minInSyncReplicas)
    {
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.CreateTopicsAsync(
            [
                new TopicSpecification
                {
                    Name = name,
                    NumPartitions = partitions,
                    ReplicationFactor = replicationFactor,
                    Configs = new() { ["min.insync.replicas"] = $"{minInSyncReplicas}" },
                },
            ],
            new() { RequestTimeout = TopicTimeout, OperationTimeout = TopicTimeout });
    }
}
