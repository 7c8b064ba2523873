using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>The end of a workflow, waited for along the chain of its runs.</summary>
internal sealed class WorkflowResult
{
    private readonly WorkflowHandle _handle;
    private readonly DataConverter _converter;

    public WorkflowResult(WorkflowHandle handle)
    {
        _handle = handle;
        _converter = handle.Client.Options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(handle.Client.Options.Namespace, handle.Id));
    }

    /// <summary>Waits for the result; <see cref="ValueTuple"/> asks for none.</summary>
    public async Task<TResult> GetAsync<TResult>(bool followRuns, RpcOptions? rpcOptions)
    {
        string? runId = _handle.ResultRunId;
        while (true)
        {
            HistoryEvent close = await WaitForCloseAsync(runId, rpcOptions);
            runId = followRuns ? NextRunId(close) : null;
            if (runId is null)
            {
                return await ReadAsync<TResult>(close);
            }
        }
    }

    private static string? NextRunId(HistoryEvent close) => close.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes =>
            NullIfEmpty(close.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes =>
            NullIfEmpty(close.WorkflowExecutionFailedEventAttributes.NewExecutionRunId),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes =>
            NullIfEmpty(close.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes =>
            NullIfEmpty(close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId),
        _ => null,
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private async Task<HistoryEvent> WaitForCloseAsync(string? runId, RpcOptions? rpcOptions)
    {
        WorkflowHistoryEventPage page = await _handle.Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
            _handle.Id,
            runId,
            PageSize: null,
            NextPageToken: null,
            WaitNewEvent: true,
            HistoryEventFilterType.CloseEvent,
            SkipArchival: true,
            rpcOptions));
        return page.Events.LastOrDefault() ??
            throw new InvalidOperationException($"The server gave no closing event of workflow {_handle.Id}.");
    }

    private async Task<TResult> ReadAsync<TResult>(HistoryEvent close)
    {
        switch (close.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes:
                Payloads? result = close.WorkflowExecutionCompletedEventAttributes.Result;
                return typeof(TResult) == typeof(ValueTuple)
                    ? default!
                    : await _converter.ToSingleValueAsync<TResult>(result?.Payloads_ ?? []);
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes:
                throw new WorkflowFailedException(
                    await _converter.ToExceptionAsync(close.WorkflowExecutionFailedEventAttributes.Failure.Clone()));
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes:
                throw new WorkflowFailedException(await ToExceptionAsync(close.WorkflowExecutionCanceledEventAttributes));
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionTerminatedEventAttributes:
                throw new WorkflowFailedException(await ToExceptionAsync(close.WorkflowExecutionTerminatedEventAttributes));
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes:
                throw new WorkflowFailedException(new TimeoutFailureException(
                    new() { Message = "Workflow timed out", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } },
                    inner: null,
                    _converter.PayloadConverter));
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes:
                throw new WorkflowContinuedAsNewException(close.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId);
            default:
                throw new InvalidOperationException($"{close.EventType} does not close workflow {_handle.Id}.");
        }
    }

    private async Task<CanceledFailureException> ToExceptionAsync(WorkflowExecutionCanceledEventAttributes canceled)
    {
        Payloads details = new();
        details.Payloads_.Add(await _converter.DecodePayloadsAsync(canceled.Details?.Payloads_ ?? []));
        return new(
            new() { Message = "Workflow canceled", CanceledFailureInfo = new() { Details = details } },
            inner: null,
            _converter.PayloadConverter);
    }

    private async Task<TerminatedFailureException> ToExceptionAsync(WorkflowExecutionTerminatedEventAttributes terminated)
    {
        IReadOnlyCollection<Payload> details = await _converter.DecodePayloadsAsync(terminated.Details?.Payloads_ ?? []);
        return new(
            new()
            {
                Message = terminated.Reason.Length == 0 ? "Workflow terminated" : terminated.Reason,
                TerminatedFailureInfo = new() { Identity = terminated.Identity },
            },
            inner: null,
            details.Count == 0 ? null : new(_converter.PayloadConverter, details));
    }
}
