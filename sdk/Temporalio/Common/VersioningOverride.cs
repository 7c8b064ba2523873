using PinnedBehaviorProto = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior;
using VersioningOverrideProto = Temporalio.Api.Workflow.V1.VersioningOverride;

namespace Temporalio.Common;

/// <summary>Overrides, for one workflow execution, the versioning behavior that its code declares.</summary>
public abstract record VersioningOverride
{
    private VersioningOverride()
    {
    }

    /// <summary>How a pinning override acts.</summary>
    public enum PinnedOverrideBehavior
    {
        /// <summary>Not said.</summary>
        Unspecified = PinnedBehaviorProto.Unspecified,

        /// <summary>The workflow is pinned until the override is removed.</summary>
        Pinned = PinnedBehaviorProto.Pinned,
    }

    /// <summary>The override as it is sent to the server.</summary>
    internal abstract VersioningOverrideProto ToProto();

    /// <summary>Pins the workflow to a version.</summary>
    /// <param name="Version">The version.</param>
    /// <param name="Behavior">How the override acts.</param>
    public sealed record Pinned(
        WorkerDeploymentVersion Version,
        PinnedOverrideBehavior Behavior = PinnedOverrideBehavior.Pinned) : VersioningOverride
    {
        /// <inheritdoc/>
        internal override VersioningOverrideProto ToProto() => new()
        {
            Pinned = new() { Version = Version.ToProto(), Behavior = (PinnedBehaviorProto)Behavior },
        };
    }

    /// <summary>Lets the workflow move to the current version.</summary>
    public sealed record AutoUpgrade() : VersioningOverride
    {
        /// <inheritdoc/>
        internal override VersioningOverrideProto ToProto() => new() { AutoUpgrade = true };
    }
}
