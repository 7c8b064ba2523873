namespace Orchestrator.Kubernetes;

/// <summary>What a program in a container did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Error">What it wrote to its standard error.</param>
/// <param name="IsTruncated">Whether it wrote more than was kept.</param>
public sealed record ExecResult(int ExitCode, string Output, string Error, bool IsTruncated);
