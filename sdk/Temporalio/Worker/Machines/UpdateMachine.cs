using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace Temporalio.Worker.Machines;

/// <summary>
/// An update, from the request's message to the messages that accept and complete it. Each of the two has a command that fixes its place
/// among the others; a rejection has none, so it leaves no trace.
/// </summary>
/// <param name="machines">The run's machines.</param>
/// <param name="message">The request's message.</param>
internal sealed class UpdateMachine(WorkflowMachines machines, UpdateRequestMessage message) : CommandMachine(machines)
{
    private State _state = State.Requested;
    private bool _isAcceptRecorded;

    private enum State
    {
        Requested,
        Rejected,
        Accepted,
        Completed,
    }

    public override bool HasFollowUps => false;

    public string ProtocolInstanceId => message.ProtocolInstanceId;

    private string UpdateId => message.Request.Meta.UpdateId;

    public void Accept()
    {
        Require(State.Requested);
        _state = State.Accepted;
        SendWithCommand(
            "accept",
            new Acceptance
            {
                AcceptedRequestMessageId = message.Id,
                AcceptedRequestSequencingEventId = message.SequencingEventId,
                AcceptedRequest = message.Request,
            });
    }

    /// <summary>Rejects the update before it was accepted, and fails it after.</summary>
    public void Fail(Failure failure)
    {
        if (_state == State.Accepted)
        {
            Complete(new Outcome { Failure = failure });
            return;
        }

        Require(State.Requested);
        _state = State.Rejected;
        Close();
        Send(
            "reject",
            new Rejection
            {
                RejectedRequestMessageId = message.Id,
                RejectedRequestSequencingEventId = message.SequencingEventId,
                RejectedRequest = message.Request,
                Failure = failure,
            });
    }

    public void Complete(Payload result) => Complete(new Outcome { Success = new() { Payloads_ = { result } } });

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command)
    {
        bool isAccept = e.EventType == EventType.WorkflowExecutionUpdateAccepted;
        string? id = isAccept
            ? e.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId
            : e.WorkflowExecutionUpdateCompletedEventAttributes.Meta?.UpdateId;
        bool isExpected = isAccept ? !_isAcceptRecorded : _isAcceptRecorded && _state == State.Completed;
        if (!isExpected || (id != message.ProtocolInstanceId && id != UpdateId))
        {
            throw Nondeterminism.OtherCommand(e, command);
        }

        _isAcceptRecorded = true;
        if (!isAccept)
        {
            Close();
        }
    }

    public override string ToString() => $"update {message.Request.Input?.Name} (id {UpdateId})";

    private void Complete(Outcome outcome)
    {
        Require(State.Accepted);
        _state = State.Completed;
        SendWithCommand("complete", new Response { Meta = message.Request.Meta, Outcome = outcome });
    }

    private void Require(State state)
    {
        if (_state != state)
        {
            throw new InvalidOperationException($"{this} is {_state}, and {state} was expected.");
        }
    }

    private void SendWithCommand(string suffix, IMessage body)
    {
        Command command = new()
        {
            CommandType = CommandType.ProtocolMessage,
            ProtocolMessageCommandAttributes = new() { MessageId = Send(suffix, body) },
        };
        Machines.Issue(command, this);
    }

    private string Send(string suffix, IMessage body)
    {
        string id = $"{message.Id}/{suffix}";
        Machines.Send(new() { Id = id, ProtocolInstanceId = message.ProtocolInstanceId, Body = Any.Pack(body) });
        return id;
    }
}
