using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Machines;

/// <summary>The message with which an update comes: from the server, or made up from what the history says of it.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="ProtocolInstanceId">The id under which the answers go back.</param>
/// <param name="SequencingEventId">The event after which the update comes.</param>
/// <param name="Request">The request.</param>
internal sealed record UpdateRequestMessage(string Id, string ProtocolInstanceId, long SequencingEventId, Request Request)
{
    /// <exception cref="InvalidWorkflowOperationException">The message is not the request of an update.</exception>
    public static UpdateRequestMessage Of(Message message) =>
        message.Body is { } body && body.TryUnpack(out Request request) && message.SequencingIdCase == Message.SequencingIdOneofCase.EventId
            ? new(message.Id, message.ProtocolInstanceId, message.EventId, request)
            : throw new InvalidWorkflowOperationException(
                $"The server sent message {message.Id} of type {message.Body?.TypeUrl}, which is no request of an update.");

    public static UpdateRequestMessage Of(WorkflowExecutionUpdateAcceptedEventAttributes accepted) =>
        new(
            accepted.AcceptedRequestMessageId,
            accepted.ProtocolInstanceId,
            accepted.AcceptedRequestSequencingEventId,
            accepted.AcceptedRequest ?? throw new InvalidWorkflowOperationException(
                $"The history has no request of the accepted update {accepted.ProtocolInstanceId}."));

    /// <summary>An update that was admitted to the history after a reset comes with its own event.</summary>
    public static UpdateRequestMessage OfAdmitted(HistoryEvent e)
    {
        Request request = e.WorkflowExecutionUpdateAdmittedEventAttributes.Request;
        string id = request.Meta.UpdateId;
        return new($"{id}/request", id, e.EventId, request);
    }
}
