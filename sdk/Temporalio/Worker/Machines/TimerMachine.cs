using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Activations;

namespace Temporalio.Worker.Machines;

/// <summary>A timer. The workflow lets go of it the moment that it cancels it; the server is told only if it knew of the timer.</summary>
/// <param name="machines">The run's machines.</param>
/// <param name="sequence">The timer's number.</param>
internal sealed class TimerMachine(WorkflowMachines machines, uint sequence) : CommandMachine(machines)
{
    private readonly string _id = sequence.ToString();
    private State _state = State.Created;

    private enum State
    {
        Created,
        Started,
        Canceling,
        Fired,
        Canceled,
    }

    public uint Sequence => sequence;

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command)
    {
        switch (e.EventType, _state)
        {
            case (EventType.TimerStarted, State.Created):
                _state = State.Started;
                break;
            case (EventType.TimerCanceled, State.Canceling):
                _state = State.Canceled;
                Close();
                break;
            default:
                throw Nondeterminism.Unexpected(e, this);
        }
    }

    public override void OnEvent(HistoryEvent e)
    {
        if (_state != State.Started || e.TimerFiredEventAttributes?.TimerId != _id)
        {
            throw Nondeterminism.Unexpected(e, this);
        }

        _state = State.Fired;
        Close();
        Machines.AddJob(new FireTimerJob(sequence));
    }

    public void Cancel()
    {
        if (_state == State.Created)
        {
            _state = State.Canceled;
            CanceledBeforeSent = true;
            Close();
        }
        else if (_state == State.Started)
        {
            _state = State.Canceling;
            Command cancel = new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = _id } };
            Machines.Issue(cancel, this);
        }
    }

    public override string ToString() => $"timer {_id}";
}
