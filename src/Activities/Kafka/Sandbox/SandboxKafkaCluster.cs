using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka.Sandbox;

/// <summary>Kafka clusters in the box: demos, tests and rehearsals.</summary>
internal sealed class SandboxKafkaCluster(SandboxCalls calls, SandboxCanary canary) : IKafkaCluster
{
    /// <inheritdoc/>
    public Task<KafkaReading> ReadAsync(KafkaAddress address, CancellationToken cancellationToken) => calls.RunAsync<KafkaReading>(
        address, HttpMethod.Get, "topics", null, $"topics through {address.BootstrapServers}", KafkaDenials.DescribeTopics,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<string> ReadClusterIdAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        (await ReadClusterAsync(address, "cluster id", cancellationToken)).ClusterId;

    /// <inheritdoc/>
    public async Task<int> ElectPreferredLeadersAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        (await calls.RunAsync<Moved>(
            address, HttpMethod.Post, "preferred-leaders", null, $"preferred leaders through {address.BootstrapServers}",
            KafkaDenials.AlterCluster, cancellationToken)).Count;

    /// <inheritdoc/>
    public Task<QuorumReading> ReadQuorumAsync(KafkaAddress address, CancellationToken cancellationToken) => calls.RunAsync<QuorumReading>(
        address, HttpMethod.Get, "quorum", null, $"quorum through {address.BootstrapServers}", KafkaDenials.DescribeCluster,
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EligibleLeadersReading>?> ReadEligibleLeadersAsync(
        KafkaAddress address, CancellationToken cancellationToken) => calls.RunAsync<IReadOnlyList<EligibleLeadersReading>?>(
            address, HttpMethod.Get, "eligible-leaders", null, $"eligible leaders through {address.BootstrapServers}",
            KafkaDenials.DescribeTopics, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiskSnapshot>> ReadDisksAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        List<DiskSnapshot> disks = [];
        foreach (int id in (await ReadClusterAsync(address, "brokers", cancellationToken)).BrokerIds)
        {
            disks.Add(await calls.RunAsync<DiskSnapshot>(
                address, HttpMethod.Get, $"brokers/{id}/disk", null, $"log folders of broker {id}", KafkaDenials.DescribeCluster,
                cancellationToken));
        }

        return disks;
    }

    /// <inheritdoc/>
    public async Task<KafkaCanaryResult> RunCanaryAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        await canary.RunAsync(
            address, (await ReadClusterAsync(address, "brokers", cancellationToken)).BrokerIds.Count, cancellationToken);

    private Task<Described> ReadClusterAsync(KafkaAddress address, string what, CancellationToken cancellationToken) =>
        calls.RunAsync<Described>(
            address, HttpMethod.Get, "cluster", null, $"{what} through {address.BootstrapServers}", KafkaDenials.DescribeCluster,
            cancellationToken);

    private sealed record Described(string ClusterId, IReadOnlyList<int> BrokerIds);

    private sealed record Moved(int Count);
}
