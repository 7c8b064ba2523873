namespace Orchestrator.Starter.Exits;

/// <summary>What <c>sop</c> ends with, for scripts. The numbers are an interface: none is ever given another meaning.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The procedure failed; the text says whether what it changed is undone.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or input.</summary>
    public const int Usage = 2;

    /// <summary>A precheck or a gate says no.</summary>
    public const int Blocked = 3;

    /// <summary>Rejected, expired or withdrawn.</summary>
    public const int Rejected = 4;

    /// <summary>A server is out of reach.</summary>
    public const int OutOfReach = 5;

    /// <summary>Interrupted by the user (128 + SIGINT); a run that was followed continues.</summary>
    public const int Interrupted = 130;
}
