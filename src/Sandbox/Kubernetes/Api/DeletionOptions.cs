namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>How to delete.</summary>
public sealed record DeletionOptions
{
    /// <summary>
    /// Seconds between the asking and the end; 0 ends at once. Default: null, what the pod's specification says; other kinds end at once.
    /// </summary>
    public long? GracePeriodSeconds { get; init; }

    /// <summary>Delete only an object of this uid. Default: null, whatever has the name.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only this state of the object. Default: null, any.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>
    /// <c>Background</c>, <c>Foreground</c> or <c>Orphan</c>: what happens to the objects that it owns. Default: null, background.
    /// </summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Whether it is only looked what would come of it. Default: false.</summary>
    public bool IsDryRun { get; init; }
}
