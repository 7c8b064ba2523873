using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client.Interceptors;

/// <content>Updates.</content>
internal sealed partial class ClientOutbound
{
    public override async Task<WorkflowUpdateHandle<TResult>> StartWorkflowUpdateAsync<TResult>(StartWorkflowUpdateInput input)
    {
        WorkflowUpdateStartOptions options = input.Options;
        UpdateWorkflowExecutionRequest request = await ToUpdateRequestAsync(
            ToExecution(input.Id, input.RunId), input.Update, input.Args, options.Id, options.WaitForStage, input.Headers);
        request.FirstExecutionRunId = input.FirstExecutionRunId ?? string.Empty;
        return await UpdateWait.TranslateAsync(async () =>
        {
            UpdateWorkflowExecutionResponse response;
            do
            {
                response = await Service.UpdateWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(options.Rpc));
            }
            while (!IsAccepted(response));

            string? runId = response.UpdateRef?.WorkflowExecution?.RunId is { Length: > 0 } id ? id : input.RunId;
            return await ToHandleAsync<TResult>(request, runId, response, options.WaitForStage, options.Rpc);
        });
    }

    public override async Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input)
    {
        WithStartWorkflowOperation start = input.Options.StartWorkflowOperation ??
            throw new ArgumentException("The options name no start of a workflow.", nameof(input));
        if (!start.TryUse())
        {
            throw new ArgumentException("The start operation was used before; make one for each call.", nameof(input));
        }

        try
        {
            return await StartBothAsync<TUpdateResult>(input, start);
        }
#pragma warning disable CA1031 // Whatever it is goes to the caller, and to those who wait for the workflow's handle.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Exception translated = e is RpcException rpc ? TranslateMultiOperation(rpc, start) : e;
            start.SetException(translated);
            if (ReferenceEquals(translated, e))
            {
                throw;
            }

            throw translated;
        }
    }

    // Until the update is accepted it exists only in the server's memory: a wait that ended before has to be repeated.
    private static bool IsAccepted(UpdateWorkflowExecutionResponse? response) =>
        response?.Stage >= UpdateWorkflowExecutionLifecycleStage.Accepted;

    private static void CheckStart(WorkflowOptions options)
    {
        string? problem = options switch
        {
            { StartSignal: not null } or { StartSignalArgs: not null } => "hold a signal, which an update with start cannot have",
            { RequestEagerStart: true } => "ask for an eager start, which an update with start cannot have",
            { IdConflictPolicy: WorkflowIdConflictPolicy.Unspecified } => "name no id conflict policy, which an update with start needs",
            { Rpc: not null } => "hold RPC options, which belong to the options of the update",
            _ => null,
        };
        if (problem is not null)
        {
            throw new ArgumentException($"The start options of workflow {options.Id} {problem}.", nameof(options));
        }
    }

    // The answer names an error for each operation; the one that did not fail by itself is aborted.
    private static Exception TranslateMultiOperation(RpcException exception, WithStartWorkflowOperation start)
    {
        MultiOperationExecutionFailure.Types.OperationStatus? failed = exception.FindDetail<MultiOperationExecutionFailure>()?.Statuses
            .FirstOrDefault(status =>
                status.Code != (int)RpcException.StatusCode.OK &&
                !status.Details.Any(detail => detail.Is(MultiOperationExecutionAborted.Descriptor)));
        if (failed is null)
        {
            return exception;
        }

        GrpcStatus status = new() { Code = failed.Code, Message = failed.Message };
        status.Details.Add(failed.Details);
        RpcException own = new((RpcException.StatusCode)failed.Code, failed.Message, Google.Protobuf.MessageExtensions.ToByteArray(status));
        return own.Code == RpcException.StatusCode.AlreadyExists &&
            own.FindDetail<WorkflowExecutionAlreadyStartedFailure>() is { } alreadyStarted
                ? new WorkflowAlreadyStartedException(own.Message, start.Options.Id!, start.Workflow, alreadyStarted.RunId)
                : own;
    }

    private async Task<WorkflowUpdateHandle<TUpdateResult>> StartBothAsync<TUpdateResult>(
        StartUpdateWithStartWorkflowInput input, WithStartWorkflowOperation start)
    {
        CheckStart(start.Options);
        WorkflowStartUpdateWithStartOptions options = input.Options;
        DataConverter converter = ConverterFor(RequireId(start.Options));
        UpdateWorkflowExecutionRequest update = await ToUpdateRequestAsync(
            ToExecution(start.Options.Id!, null), input.Update, input.Args, options.Id, options.WaitForStage, input.Headers);
        ExecuteMultiOperationRequest request = new() { Namespace = Namespace };
        request.Operations.Add(new ExecuteMultiOperationRequest.Types.Operation
        {
            StartWorkflow = await ToStartRequestAsync(start.Workflow, start.Args, start.Options, start.Headers, converter),
        });
        request.Operations.Add(new ExecuteMultiOperationRequest.Types.Operation { UpdateWorkflow = update });
        return await UpdateWait.TranslateAsync(async () =>
        {
            string runId;
            UpdateWorkflowExecutionResponse response;
            do
            {
                ExecuteMultiOperationResponse both =
                    await Service.ExecuteMultiOperationAsync(request, TemporalClient.DefaultRetryOptions(options.Rpc));
                runId = both.Responses[0].StartWorkflow.RunId;
                start.SetStarted(_client, runId);
                response = both.Responses[1].UpdateWorkflow;
            }
            while (!IsAccepted(response));

            return await ToHandleAsync<TUpdateResult>(update, runId, response, options.WaitForStage, options.Rpc);
        });
    }

    private async Task<UpdateWorkflowExecutionRequest> ToUpdateRequestAsync(
        Api.Common.V1.WorkflowExecution execution,
        string update,
        IReadOnlyCollection<object?> args,
        string? updateId,
        WorkflowUpdateStage waitForStage,
        IDictionary<string, Payload>? headers)
    {
        if (waitForStage is not (WorkflowUpdateStage.Accepted or WorkflowUpdateStage.Completed))
        {
            throw new ArgumentException(
                $"The start of update {update} can wait until it is accepted or completed, not for the stage {waitForStage}.",
                nameof(waitForStage));
        }

        DataConverter converter = ConverterFor(execution.WorkflowId);
        return new()
        {
            Namespace = Namespace,
            WorkflowExecution = execution,
            WaitPolicy = new() { LifecycleStage = (UpdateWorkflowExecutionLifecycleStage)waitForStage },
            Request = new()
            {
                // One id for all repetitions of the call: the update runs once.
                Meta = new() { UpdateId = updateId ?? Guid.NewGuid().ToString(), Identity = Identity },
                Input = new()
                {
                    Name = update,
                    Args = await ToPayloadsAsync(converter, args),
                    Header = await ToHeaderAsync(converter, headers),
                },
            },
        };
    }

    private async Task<WorkflowUpdateHandle<TResult>> ToHandleAsync<TResult>(
        UpdateWorkflowExecutionRequest request,
        string? runId,
        UpdateWorkflowExecutionResponse response,
        WorkflowUpdateStage waitForStage,
        RpcOptions? rpc)
    {
        WorkflowUpdateHandle<TResult> handle =
            new(_client, request.Request.Meta.UpdateId, request.WorkflowExecution.WorkflowId, runId) { KnownOutcome = response.Outcome };
        if (waitForStage == WorkflowUpdateStage.Completed)
        {
            await handle.WaitForOutcomeAsync(rpc);
        }

        return handle;
    }
}
