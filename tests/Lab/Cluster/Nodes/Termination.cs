namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>How a container's process ended. Above 128 the exit code is 128 and the number of the signal.</summary>
internal sealed record Termination(int ExitCode, DateTimeOffset StartedAt, DateTimeOffset FinishedAt);
