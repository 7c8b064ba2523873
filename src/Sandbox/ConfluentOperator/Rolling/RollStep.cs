namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>What a roll does next: replace these pods, or wait for the reason given, or nothing at all.</summary>
internal sealed record RollStep
{
    /// <summary>Every pod is of the newest revision.</summary>
    public static readonly RollStep Done = new();

    private RollStep()
    {
    }

    /// <summary>The pods to replace now; empty while the roll waits and when it is done.</summary>
    public IReadOnlyList<RolledPod> Replace { get; private init; } = [];

    /// <summary>Why the roll does not go on now; null where it does.</summary>
    public string? WaitsFor { get; private init; }

    /// <summary>Whether what it waits for is in the processes, so that no change of an object tells when it goes on.</summary>
    public bool IsKeptByProcesses { get; private init; }

    public static RollStep Wait(string reason) => new() { WaitsFor = reason };

    public static RollStep WaitForProcesses(string reason) => new() { WaitsFor = reason, IsKeptByProcesses = true };

    public static RollStep Next(IReadOnlyList<RolledPod> pods) => new() { Replace = pods };
}
