namespace Orchestrator.Starter.Tests.Processes;

/// <summary>What a process left behind.</summary>
internal sealed record SopResult(int ExitCode, string Output, string Error);
