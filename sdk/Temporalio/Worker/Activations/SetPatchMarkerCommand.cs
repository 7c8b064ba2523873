namespace Temporalio.Worker.Activations;

/// <summary>Records that the run has a patch.</summary>
/// <param name="PatchId">The patch's id.</param>
/// <param name="Deprecated">Whether the old path is gone.</param>
internal sealed record SetPatchMarkerCommand(string PatchId, bool Deprecated) : WorkflowCommand;
