namespace Orchestrator.Kubernetes;

/// <summary>Which part of a log to read.</summary>
public sealed record LogOptions
{
    /// <summary>Container. Default: null, the only one.</summary>
    public string? Container { get; init; }

    /// <summary>The container's life before its last restart. Default: false.</summary>
    public bool Previous { get; init; }

    /// <summary>Only what is younger. Default: null, all.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>Only this many last lines. Default: null, all.</summary>
    public int? TailLines { get; init; }

    /// <summary>The server stops after this many bytes. Default: null, no limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Puts the time before each line. Default: false.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Goes on with what will be written, until the container ends. Default: false.</summary>
    public bool Follow { get; init; }
}
