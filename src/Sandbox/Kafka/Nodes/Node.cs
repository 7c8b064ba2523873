using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>A node of the cluster and its process.</summary>
internal abstract class Node(int id, string version)
{
    private Alarm? _next;

    public int Id { get; } = id;

    /// <summary>The release of Kafka that it runs, such as <c>4.2.0</c>.</summary>
    public string Version { get; set; } = version;

    public ProcessPhase Phase { get; set; }

    /// <summary>Since when it has a process.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Why the process ended by itself, in one sentence; null where somebody ended it.</summary>
    public string? Exit { get; set; }

    public bool IsRunning => Phase == ProcessPhase.Running;

    /// <summary>What the process is at, which a kill calls off.</summary>
    public void Then(Alarm? next)
    {
        _next?.Cancel();
        _next = next;
    }
}
