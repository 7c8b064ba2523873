using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Activations;

namespace Temporalio.Worker.Machines;

/// <summary>A request to cancel another workflow.</summary>
/// <param name="machines">The run's machines.</param>
/// <param name="sequence">The request's number; null if the workflow did not ask for it by itself, as with a child.</param>
/// <param name="workflowId">The other workflow.</param>
internal sealed class CancelExternalMachine(WorkflowMachines machines, uint? sequence, string workflowId) : CommandMachine(machines)
{
    public static Command CommandFor(RequestCancelExternalWorkflowExecutionCommandAttributes target) => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = target,
    };

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command)
    {
    }

    public override void OnEvent(HistoryEvent e)
    {
        Failure? failure = e.EventType switch
        {
            EventType.ExternalWorkflowExecutionCancelRequested => null,
            EventType.RequestCancelExternalWorkflowExecutionFailed =>
                FailureOf(e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.Cause),
            _ => throw Nondeterminism.Unexpected(e, this),
        };
        Close();
        if (sequence is { } number)
        {
            Machines.AddJob(new ResolveExternalCancelJob(number, failure));
        }
    }

    public override string ToString() => $"request to cancel workflow {workflowId}";

    private static Failure FailureOf(CancelExternalWorkflowExecutionFailedCause cause)
    {
        string reason = cause == CancelExternalWorkflowExecutionFailedCause.Unspecified ? "unknown" : "not found";
        return new()
        {
            Message = $"Unable to cancel external workflow because {reason}",
            ApplicationFailureInfo = new() { Type = cause.ToString() },
        };
    }
}
