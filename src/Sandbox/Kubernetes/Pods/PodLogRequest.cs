namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>Which log is asked for.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
public sealed record PodLogRequest(string Namespace, string Pod, string Container)
{
    /// <summary>Whether it is that of the container's run before. Default: false.</summary>
    public bool Previous { get; init; }

    /// <summary>Whether to go on with what is written from now on. Default: false.</summary>
    public bool Follow { get; init; }

    /// <summary>How many of the last lines that are there. Default: null, all.</summary>
    public int? TailLines { get; init; }

    /// <summary>From when on. Default: null, from the start.</summary>
    public DateTimeOffset? Since { get; init; }
}
