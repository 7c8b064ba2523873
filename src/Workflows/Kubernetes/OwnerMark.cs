using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>An annotation that says who changed fields which others change as well, so that nobody reverts what another set.</summary>
/// <param name="Pointer">Where it is: a JSON pointer.</param>
/// <param name="Owner">Its value while the fields are changed.</param>
/// <param name="TakesBack">Whether the fields are put back: then it is removed with them.</param>
public sealed record OwnerMark(string Pointer, string Owner, bool TakesBack = false)
{
    /// <summary>What it writes, in the words of a plan.</summary>
    public FieldValue Written() => TakesBack ? new(Pointer, Owner, null) : new(Pointer, null, Owner);
}
