namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>The last file of a pack: what the others are.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Files">The other files, by path.</param>
public sealed record EvidenceManifest(string ChangeId, IReadOnlyList<EvidenceManifest.File> Files)
{
    /// <summary>Its name in the pack.</summary>
    public const string FileName = "manifest.json";

    /// <summary>A file.</summary>
    /// <param name="Path">Its path in the pack, with slashes.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Sha256">Its hash, as lower-case hex.</param>
    public sealed record File(string Path, long Bytes, string Sha256);
}
