using k8s.Models;

namespace Orchestrator.Kubernetes;

/// <summary>How to delete.</summary>
public sealed record DeleteOptions
{
    /// <summary>Deletes only the object with this uid; another one of the same name is a conflict. Default: null, any.</summary>
    public string? Uid { get; init; }

    /// <summary>Deletes only this version of the object; else a conflict. Default: null, any.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Seconds that the object may take to end; 0 kills. Default: null, what the object itself says.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>
    /// <c>Background</c>, <c>Foreground</c> or <c>Orphan</c>: what becomes of dependents. Default: null, the kind's own default.
    /// </summary>
    public string? PropagationPolicy { get; init; }

    /// <summary>Checks and answers as if deleted, and deletes nothing. Default: false.</summary>
    public bool DryRun { get; init; }

    internal V1DeleteOptions ToModel() => new()
    {
        Preconditions = Uid is null && ResourceVersion is null
            ? null
            : new V1Preconditions { Uid = Uid, ResourceVersion = ResourceVersion },
        GracePeriodSeconds = GracePeriodSeconds,
        PropagationPolicy = PropagationPolicy,
        DryRun = DryRun ? ["All"] : null,
    };
}
