using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>An update of a workflow.</summary>
/// <param name="Client">The client that calls are made with.</param>
/// <param name="Id">The update id.</param>
/// <param name="WorkflowId">The workflow id.</param>
/// <param name="WorkflowRunId">The run; null for the current one.</param>
public record WorkflowUpdateHandle(ITemporalClient Client, string Id, string WorkflowId, string? WorkflowRunId = null)
{
    /// <summary>How the update ended, once that is known.</summary>
    internal Outcome? KnownOutcome { get; set; }

    /// <summary>Waits for the update's end.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<ValueTuple>(rpcOptions);

    /// <summary>Waits for the update's result.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public virtual async Task<TResult> GetResultAsync<TResult>(RpcOptions? rpcOptions = null)
    {
        Outcome outcome = await WaitForOutcomeAsync(rpcOptions);
        DataConverter converter = Client.Options.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(Client.Options.Namespace, WorkflowId));
        if (outcome.Failure is not null)
        {
            throw new WorkflowUpdateFailedException(await converter.ToExceptionAsync(outcome.Failure.Clone()));
        }

        return typeof(TResult) == typeof(ValueTuple)
            ? default!
            : await converter.ToSingleValueAsync<TResult>(outcome.Success?.Payloads_ ?? []);
    }

    /// <summary>Waits for the update's end, whichever it is.</summary>
    internal async Task<Outcome> WaitForOutcomeAsync(RpcOptions? rpcOptions)
    {
        PollWorkflowExecutionUpdateRequest request = new()
        {
            Namespace = Client.Options.Namespace,
            UpdateRef = new()
            {
                WorkflowExecution = new() { WorkflowId = WorkflowId, RunId = WorkflowRunId ?? string.Empty },
                UpdateId = Id,
            },
            Identity = Client.Connection.Options.Identity,
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
        };

        // The server ends each wait after a while without an outcome.
        while (KnownOutcome is null)
        {
            PollWorkflowExecutionUpdateResponse response = await UpdateWait.TranslateAsync(() =>
                Client.WorkflowService.PollWorkflowExecutionUpdateAsync(request, TemporalClient.DefaultRetryOptions(rpcOptions)));
            KnownOutcome = response.Outcome;
        }

        return KnownOutcome;
    }
}
