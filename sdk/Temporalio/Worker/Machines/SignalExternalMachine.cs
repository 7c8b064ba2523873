using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Activations;

namespace Temporalio.Worker.Machines;

/// <summary>A signal to another workflow. It can be taken back only before it is sent.</summary>
/// <param name="machines">The run's machines.</param>
/// <param name="signal">What the workflow sent.</param>
internal sealed class SignalExternalMachine(WorkflowMachines machines, SignalExternalCommand signal) : CommandMachine(machines)
{
    private bool _isRecorded;

    public uint Sequence => signal.Sequence;

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command) => _isRecorded = true;

    public override void OnEvent(HistoryEvent e)
    {
        Failure? failure = e.EventType switch
        {
            EventType.ExternalWorkflowExecutionSignaled => null,
            EventType.SignalExternalWorkflowExecutionFailed =>
                FailureOf(e.SignalExternalWorkflowExecutionFailedEventAttributes.Cause),
            _ => throw Nondeterminism.Unexpected(e, this),
        };
        Close();
        Machines.AddJob(new ResolveExternalSignalJob(signal.Sequence, failure));
    }

    public void Cancel()
    {
        if (_isRecorded || IsClosed)
        {
            return;
        }

        CanceledBeforeSent = true;
        Close();
        Failure failure = new() { Message = "Signal was cancelled before being sent", CanceledFailureInfo = new() };
        Machines.AddJob(new ResolveExternalSignalJob(signal.Sequence, failure));
    }

    public override string ToString()
    {
        var attributes = signal.Command.SignalExternalWorkflowExecutionCommandAttributes;
        return $"signal {attributes.SignalName} to workflow {attributes.Execution?.WorkflowId}";
    }

    private static Failure FailureOf(SignalExternalWorkflowExecutionFailedCause cause)
    {
        string reason = cause switch
        {
            SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded => "The per-workflow signal limit was exceeded",
            SignalExternalWorkflowExecutionFailedCause.Unspecified => "unknown",
            _ => "it was not found",
        };
        return new()
        {
            Message = $"Unable to signal external workflow because {reason}",
            ApplicationFailureInfo = new() { Type = cause.ToString() },
        };
    }
}
