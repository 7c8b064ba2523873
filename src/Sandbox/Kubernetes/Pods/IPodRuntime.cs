using Orchestrator.Sandbox.Kubernetes.Errors;

namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>What runs in the containers of the box's pods, as far as clients look into them.</summary>
public interface IPodRuntime
{
    /// <summary>What a container has written; with <c>Follow</c> it goes on until the container ends.</summary>
    /// <exception cref="StatusException">There is no such log: the container has not started, or had no run before.</exception>
    IAsyncEnumerable<LogLine> ReadLog(PodLogRequest request, CancellationToken cancellationToken);

    /// <summary>Runs a command in a container that runs.</summary>
    /// <returns>Its exit code; 127 where the container does not know the command.</returns>
    Task<int> ExecAsync(PodCommand command, CancellationToken cancellationToken);
}
