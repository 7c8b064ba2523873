namespace Orchestrator.Workflows.Kafka;

/// <summary>What an election of preferred leaders came to.</summary>
/// <param name="Moved">How many partitions got another leader.</param>
public sealed record ElectPreferredLeadersResult(int Moved);
