namespace Orchestrator.Activities.Kafka;

/// <summary>An effective setting.</summary>
/// <param name="Name">Its name, such as <c>min.insync.replicas</c>.</param>
/// <param name="Value">Its value; null where it has none, and where it is secret.</param>
/// <param name="Origin">Where it was set.</param>
/// <param name="IsReadOnly">Whether only a restart changes it.</param>
/// <param name="IsSecret">Whether the broker keeps its value to itself.</param>
public sealed record SettingReading(string Name, string? Value, SettingOrigin Origin, bool IsReadOnly, bool IsSecret);
