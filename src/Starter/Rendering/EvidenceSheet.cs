using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Starter.Rendering;

/// <summary>Where evidence is.</summary>
internal static class EvidenceSheet
{
    public static Sheet Of(EvidenceReference evidence) => new Sheet()
        .Facts(
            ("Folder", evidence.Location),
            ("Files", $"{evidence.Files}"),
            ("Pack hash", evidence.PackHash));
}
