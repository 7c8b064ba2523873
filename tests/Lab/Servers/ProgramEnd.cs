namespace Orchestrator.Lab.Servers;

/// <summary>What a program in a container left behind.</summary>
public sealed record ProgramEnd(string Output, string Error, int ExitCode)
{
    /// <summary>Why it could not be run; null where it was.</summary>
    public string? Failure { get; init; }
}
