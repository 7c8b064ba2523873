namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>A process, or the reason (as a container's waiting state names it) that there is none.</summary>
internal sealed record StartOutcome
{
    private StartOutcome()
    {
    }

    public PodProcess? Process { get; private init; }

    public string? Reason { get; private init; }

    public string? Message { get; private init; }

    public static StartOutcome Started(PodProcess process) => new() { Process = process };

    public static StartOutcome Waiting(string reason, string message) => new() { Reason = reason, Message = message };
}
