namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>How the pods go that no workload runs in, and what comes before and after the process in all of them.</summary>
public sealed record PodScript
{
    /// <summary>How long a node pulls an image that it does not have. Default: 1 s.</summary>
    public TimeSpan Pull { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an init container runs. Default: 500 ms.</summary>
    public TimeSpan Init { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From the start of the process until it is ready. Default: 2 s; <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the process runs before it ends by itself. Default: infinite, but for the pods of Jobs, which take
    /// <see cref="JobDuration"/>.
    /// </summary>
    public TimeSpan Duration { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long the pods of Jobs run. Default: 1 s.</summary>
    public TimeSpan JobDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a process exits with that ends by itself. Default: 0.</summary>
    public int ExitCode { get; init; }

    /// <summary>From SIGTERM to the end of the process. Default: 500 ms; infinite: it has to be killed.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What a process exits with that was stopped. Default: 143, as Java does.</summary>
    public int StopExitCode { get; init; } = 143;
}
