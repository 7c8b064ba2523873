using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka.Sandbox;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>
/// Every Kafka cluster, through the client that its address asks for: a real one, or in the laptop profile one in the box.
/// </summary>
internal sealed class KafkaClusters(
    IOptions<InventoryOptions> inventory, ConfluentKafkaCluster real, SandboxKafkaCluster box) : IKafkaCluster
{
    /// <inheritdoc/>
    public Task<KafkaReading> ReadAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, "topics").ReadAsync(address, cancellationToken);

    /// <inheritdoc/>
    public Task<string> ReadClusterIdAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, "cluster id").ReadClusterIdAsync(address, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ElectPreferredLeadersAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, "preferred leaders").ElectPreferredLeadersAsync(address, cancellationToken);

    /// <inheritdoc/>
    public Task<QuorumReading> ReadQuorumAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, "quorum").ReadQuorumAsync(address, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EligibleLeadersReading>?> ReadEligibleLeadersAsync(
        KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, "eligible leaders").ReadEligibleLeadersAsync(address, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiskSnapshot>> ReadDisksAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, "brokers").ReadDisksAsync(address, cancellationToken);

    /// <inheritdoc/>
    public Task<KafkaCanaryResult> RunCanaryAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        Of(address, $"topic {Canary.CanaryTopic.Name}").RunCanaryAsync(address, cancellationToken);

    // The inventory is checked when a worker starts; an address may come from the environment too.
    private IKafkaCluster Of(KafkaAddress address, string what)
    {
        if (!SandboxAddress.IsMeant(address.BootstrapServers))
        {
            return real;
        }

        return SandboxAddress.Mistake(address.BootstrapServers, inventory.Value.Profile) is { } mistake
            ? throw new KafkaUnreadableException($"{what} through {address.BootstrapServers}", $"the address {mistake}.")
            : box;
    }
}
