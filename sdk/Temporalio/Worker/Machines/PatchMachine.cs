using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Machines;

/// <summary>A call for a patch. It needs no event: a history may be older than the patch.</summary>
/// <param name="machines">The run's machines.</param>
/// <param name="patchId">The patch's id.</param>
internal sealed class PatchMachine(WorkflowMachines machines, string patchId) : CommandMachine(machines)
{
    public string PatchId => patchId;

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command)
    {
        if (PatchMarker.Of(e)?.Id != patchId)
        {
            throw Nondeterminism.OtherCommand(e, command);
        }

        Close();
    }

    public override string ToString() => $"patch {patchId}";
}
