namespace Orchestrator.Lab.Servers.Programs;

/// <summary>How a run of a program ended.</summary>
public sealed record ProgramRun(int ExitCode, string Output, string Errors);
