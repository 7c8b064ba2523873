namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>What runs in the containers of the box's pods, as far as clients look into them.</summary>
public interface IPodRuntime
{
    /// <summary>What a container has written, a line each; with <c>follow</c> it goes on until the container ends.</summary>
    IAsyncEnumerable<string> LogAsync(PodLogRequest request, CancellationToken cancellationToken);

    /// <summary>Runs a command in a container.</summary>
    /// <returns>Its exit code; 127 where the container does not know the command.</returns>
    Task<int> ExecAsync(PodCommand command, CancellationToken cancellationToken);
}

/// <summary>Which log is asked for.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
/// <param name="Previous">Whether it is that of the container's run before.</param>
/// <param name="Follow">Whether to go on with what is written from now on.</param>
/// <param name="TailLines">How many of the last lines; null for all.</param>
public sealed record PodLogRequest(string Namespace, string Pod, string Container, bool Previous, bool Follow, int? TailLines);

/// <summary>A command to run in a container.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Container">The container.</param>
/// <param name="Arguments">The program and its arguments.</param>
/// <param name="Input">What is typed into it; empty where nothing is.</param>
/// <param name="Output">Where its output goes.</param>
/// <param name="Error">Where its errors go.</param>
public sealed record PodCommand(
    string Namespace, string Pod, string Container, IReadOnlyList<string> Arguments, Stream Input, Stream Output, Stream Error);

/// <summary>Runs nothing: logs are empty, and no command is known.</summary>
internal sealed class NoPodRuntime : IPodRuntime
{
    private const int NotFound = 127;

    public IAsyncEnumerable<string> LogAsync(PodLogRequest request, CancellationToken cancellationToken) => AsyncEnumerable.Empty<string>();

    public async Task<int> ExecAsync(PodCommand command, CancellationToken cancellationToken)
    {
        string program = command.Arguments is [var first, ..] ? first : "";
        await command.Error.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{program}: not found\n"), cancellationToken);
        return NotFound;
    }
}
