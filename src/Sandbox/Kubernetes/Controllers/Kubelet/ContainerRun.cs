namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>How a process ended. Above 128 the exit code is 128 and the number of the signal.</summary>
internal sealed record Termination(int ExitCode, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    /// <summary>As a status names it.</summary>
    public string Reason => ExitCode == 0 ? "Completed" : "Error";
}

/// <summary>What the status of a pod says of its containers, which all go alike: the main one leads.</summary>
internal sealed record ContainerRun
{
    /// <summary>Whether the pod has its network.</summary>
    public bool HasSandbox { get; init; }

    /// <summary>How many init containers have ended well.</summary>
    public int InitDone { get; init; }

    /// <summary>Since when the next init container runs; null while it waits.</summary>
    public DateTimeOffset? InitSince { get; init; }

    /// <summary>When the init containers ended.</summary>
    public DateTimeOffset? InitFinished { get; init; }

    /// <summary>Since when the process runs; null while it does not.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Why there is no process, while there is none and the last one did not just end.</summary>
    public string? WaitingReason { get; init; }

    /// <summary>A sentence to it.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>How the process has ended, as long as no other is to be started.</summary>
    public Termination? Ended { get; init; }

    /// <summary>How the process before ended.</summary>
    public Termination? Last { get; init; }

    public int Restarts { get; init; }

    /// <summary>Whether the process serves.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether it is at its end for good: it was told to go, or its restart policy starts no other.</summary>
    public bool IsOver { get; init; }
}
