using Temporalio.Common;

namespace Temporalio.Worker;

/// <summary>The deployment version that a worker is, and what the version means for its workflows.</summary>
public class WorkerDeploymentOptions : ICloneable
{
    /// <summary>Makes options without a version.</summary>
    public WorkerDeploymentOptions()
    {
    }

    /// <summary>Makes options with a version.</summary>
    /// <param name="version">The version that the worker is.</param>
    /// <param name="useWorkerVersioning">Whether the server routes tasks by version.</param>
    public WorkerDeploymentOptions(WorkerDeploymentVersion version, bool useWorkerVersioning)
    {
        Version = version;
        UseWorkerVersioning = useWorkerVersioning;
    }

    /// <summary>The version that the worker is. Required if <see cref="UseWorkerVersioning"/> is set.</summary>
    public WorkerDeploymentVersion? Version { get; set; }

    /// <summary>
    /// Whether the server routes tasks by version; then every workflow needs a versioning behavior, from its attribute or from
    /// <see cref="DefaultVersioningBehavior"/>. Default: false.
    /// </summary>
    public bool UseWorkerVersioning { get; set; }

    /// <summary>The behavior of workflows that declare none. Default: unspecified.</summary>
    public VersioningBehavior DefaultVersioningBehavior { get; set; } = VersioningBehavior.Unspecified;

    /// <summary>Copies the options.</summary>
    public virtual object Clone() => MemberwiseClone();
}
