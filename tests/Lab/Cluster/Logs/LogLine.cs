namespace Orchestrator.Lab.Cluster.Logs;

/// <summary>A line of a log, and its time where that is known.</summary>
internal sealed record LogLine(DateTimeOffset? Time, string Text);
