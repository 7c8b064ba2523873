namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>What a pod's status says of its one container.</summary>
internal sealed record ContainerState
{
    /// <summary>When the process that runs now was started; null while none runs.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Whether the running process served at least once.</summary>
    public bool IsStarted { get; init; }

    /// <summary>Whether the running process serves.</summary>
    public bool IsReady { get; init; }

    /// <summary>Why no process runs, such as <c>CrashLoopBackOff</c>; read only while none runs.</summary>
    public string WaitingReason { get; init; } = "ContainerCreating";

    /// <summary>A sentence to <see cref="WaitingReason"/>.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>Whether the init containers are through: the image of the container proper is pulled only then.</summary>
    public bool IsInitialized =>
        RunningSince is not null || LastTermination is not null || WaitingReason is "ImagePullBackOff" or "CreateContainerConfigError";

    /// <summary>How often a process was started again in this pod.</summary>
    public int RestartCount { get; init; }

    /// <summary>How the process before ended; null where there was none.</summary>
    public Termination? LastTermination { get; init; }
}
