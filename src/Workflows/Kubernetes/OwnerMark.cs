namespace Orchestrator.Workflows.Kubernetes;

/// <summary>An annotation that says who changed fields which others change as well, so that nobody takes back what another set.</summary>
/// <param name="Pointer">Where it is: a JSON pointer.</param>
/// <param name="Owner">Its value while the fields are changed.</param>
/// <param name="TakesBack">Whether the fields are put back: then it is removed with them.</param>
public sealed record OwnerMark(string Pointer, string Owner, bool TakesBack = false);
