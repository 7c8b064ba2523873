namespace Orchestrator.Lab.Cluster.Programs;

/// <summary>How a run of <c>sop</c> ended.</summary>
public sealed record ProgramRun(int ExitCode, string Output, string Errors);
