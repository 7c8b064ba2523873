namespace Orchestrator.Kubernetes;

/// <summary>What to run in a container.</summary>
public sealed record ExecOptions
{
    /// <summary>Program and arguments; no shell is in between.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Container. Default: null, the pod's default container.</summary>
    public string? Container { get; init; }

    /// <summary>Given to the program, which then sees the end of its input. Default: empty, no input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How long the program may run before the call fails. It is not ended by that. Default: 5 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How much of either output is kept. Default: 1 MiB.</summary>
    public int MaxOutputBytes { get; init; } = 1024 * 1024;
}
