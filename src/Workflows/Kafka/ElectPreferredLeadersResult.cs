namespace Orchestrator.Workflows.Kafka;

/// <summary>The result of an election of preferred leaders.</summary>
/// <param name="Moved">How many partitions got another leader.</param>
public sealed record ElectPreferredLeadersResult(int Moved);
