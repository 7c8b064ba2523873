namespace Temporalio.Common;

/// <summary>What happens to a running workflow when a new version of its worker is deployed.</summary>
public enum VersioningBehavior
{
    /// <summary>Not said; an error where worker versioning is on.</summary>
    Unspecified = Api.Enums.V1.VersioningBehavior.Unspecified,

    /// <summary>The workflow stays on the version that it started on.</summary>
    Pinned = Api.Enums.V1.VersioningBehavior.Pinned,

    /// <summary>The workflow moves to the current version with its next workflow task.</summary>
    AutoUpgrade = Api.Enums.V1.VersioningBehavior.AutoUpgrade,
}
