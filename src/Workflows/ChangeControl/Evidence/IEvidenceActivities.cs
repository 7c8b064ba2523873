using Temporalio.Activities;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>Keeps what proves a change.</summary>
public interface IEvidenceActivities
{
    /// <summary>Writes the pack, with the histories and a manifest, in one piece: it is there whole or not at all.</summary>
    [Activity("WriteEvidence")]
    Task<EvidenceReference> WriteEvidenceAsync(WriteEvidenceInput input);
}
