namespace Orchestrator.Kubernetes.Tests;

/// <summary>What a program in a container left behind.</summary>
public sealed record ProgramEnd(string Output, string Error, int ExitCode);
