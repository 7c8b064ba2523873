using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Machines;

/// <summary>
/// What is done with once the history has it: changes of search attributes and memo, and the end of the run. Only the type of the event
/// is compared.
/// </summary>
/// <param name="machines">The run's machines.</param>
/// <param name="what">What it is, for error texts.</param>
internal sealed class RecordedMachine(WorkflowMachines machines, string what) : CommandMachine(machines)
{
    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command) => Close();

    public override string ToString() => what;
}
