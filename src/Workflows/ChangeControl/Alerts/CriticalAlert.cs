namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>A critical alert that fires.</summary>
/// <param name="Fingerprint">What tells it from every other: the hash of its labels.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">What it is about: its namespace or node.</param>
/// <param name="Since">When it began.</param>
/// <param name="Summary">What it says, if it says something.</param>
public sealed record CriticalAlert(string Fingerprint, string Name, string Place, DateTimeOffset Since, string? Summary)
{
    /// <summary><c>KafkaOffline of confluent, since 2026-11-21 12:00:00Z: 3 partitions</c>.</summary>
    public override string ToString() => $"{Name} of {Place}, since {Since:u}{(Summary is null ? "" : $": {Summary.TrimEnd('.')}")}";
}
