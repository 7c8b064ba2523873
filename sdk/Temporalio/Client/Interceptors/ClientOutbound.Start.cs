using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Client.Interceptors;

/// <content>Starting workflows.</content>
internal sealed partial class ClientOutbound
{
    public override async Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(StartWorkflowInput input)
    {
        WorkflowOptions options = input.Options;
        DataConverter converter = ConverterFor(RequireId(options));
        StartWorkflowExecutionRequest request =
            await ToStartRequestAsync(input.Workflow, input.Args, options, input.Headers, converter);
        try
        {
            return options.StartSignal is null
                ? await StartAsync<TWorkflow, TResult>(request, options)
                : await SignalWithStartAsync<TWorkflow, TResult>(request, options, converter);
        }
        catch (RpcException e) when (ToAlreadyStarted(e, request) is { } alreadyStarted)
        {
            throw alreadyStarted;
        }
    }

    private static string RequireId(WorkflowOptions options) =>
        string.IsNullOrEmpty(options.Id) ? throw new ArgumentException("The options name no workflow id.", nameof(options)) : options.Id;

    private static WorkflowAlreadyStartedException? ToAlreadyStarted(RpcException exception, StartWorkflowExecutionRequest request) =>
        exception.Code == RpcException.StatusCode.AlreadyExists &&
        exception.FindDetail<WorkflowExecutionAlreadyStartedFailure>() is { } failure
            ? new(exception.Message, request.WorkflowId, request.WorkflowType.Name, failure.RunId)
            : null;

    private static Duration? ToDuration(TimeSpan? time) => time is { } span ? Duration.FromTimeSpan(span) : null;

    private static async Task<Memo?> ToMemoAsync(DataConverter converter, IReadOnlyDictionary<string, object?>? values)
    {
        if (values is not { Count: > 0 })
        {
            return null;
        }

        Memo memo = new();
        foreach ((string name, object? value) in values)
        {
            memo.Fields[name] = await converter.ToPayloadAsync(value);
        }

        return memo;
    }

    private async Task<WorkflowHandle<TWorkflow, TResult>> StartAsync<TWorkflow, TResult>(
        StartWorkflowExecutionRequest request, WorkflowOptions options)
    {
        StartWorkflowExecutionResponse response =
            await Service.StartWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(options.Rpc));

        // The run that was found in place of a new one need not be the first of its chain.
        string firstRunId = response.FirstExecutionRunId.Length == 0 ? response.RunId : response.FirstExecutionRunId;
        return new(_client, request.WorkflowId, ResultRunId: response.RunId, FirstExecutionRunId: firstRunId);
    }

    private async Task<WorkflowHandle<TWorkflow, TResult>> SignalWithStartAsync<TWorkflow, TResult>(
        StartWorkflowExecutionRequest start, WorkflowOptions options, DataConverter converter)
    {
        if (options.RequestEagerStart)
        {
            throw new ArgumentException("A start with a signal cannot be eager.", nameof(options));
        }

        SignalWithStartWorkflowExecutionRequest request = new()
        {
            Namespace = start.Namespace,
            WorkflowId = start.WorkflowId,
            WorkflowType = start.WorkflowType,
            TaskQueue = start.TaskQueue,
            Input = start.Input,
            WorkflowExecutionTimeout = start.WorkflowExecutionTimeout,
            WorkflowRunTimeout = start.WorkflowRunTimeout,
            WorkflowTaskTimeout = start.WorkflowTaskTimeout,
            Identity = start.Identity,
            RequestId = start.RequestId,
            WorkflowIdReusePolicy = start.WorkflowIdReusePolicy,
            WorkflowIdConflictPolicy = start.WorkflowIdConflictPolicy,
            SignalName = options.StartSignal,
            SignalInput = await ToPayloadsAsync(converter, options.StartSignalArgs),
            RetryPolicy = start.RetryPolicy,
            CronSchedule = start.CronSchedule,
            Memo = start.Memo,
            SearchAttributes = start.SearchAttributes,
            Header = start.Header,
            WorkflowStartDelay = start.WorkflowStartDelay,
            UserMetadata = start.UserMetadata,
            VersioningOverride = start.VersioningOverride,
            Priority = start.Priority,
        };
        SignalWithStartWorkflowExecutionResponse response =
            await Service.SignalWithStartWorkflowExecutionAsync(request, TemporalClient.DefaultRetryOptions(options.Rpc));

        // The signal may have gone to a later run of the chain, so the first one is not known.
        return new(_client, request.WorkflowId, ResultRunId: response.RunId);
    }

    private async Task<StartWorkflowExecutionRequest> ToStartRequestAsync(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        IDictionary<string, Payload>? headers,
        DataConverter converter)
    {
        if (string.IsNullOrEmpty(options.TaskQueue))
        {
            throw new ArgumentException($"The options of workflow {options.Id} name no task queue.", nameof(options));
        }

        return new()
        {
            Namespace = Namespace,
            WorkflowId = RequireId(options),
            WorkflowType = new() { Name = workflow },
            TaskQueue = new() { Name = options.TaskQueue },
            Input = await ToPayloadsAsync(converter, args),
            WorkflowExecutionTimeout = ToDuration(options.ExecutionTimeout),
            WorkflowRunTimeout = ToDuration(options.RunTimeout),
            WorkflowTaskTimeout = ToDuration(options.TaskTimeout),
            Identity = Identity,

            // One id for all repetitions of the call: the server starts the workflow once.
            RequestId = Guid.NewGuid().ToString(),
            WorkflowIdReusePolicy = options.IdReusePolicy,
            WorkflowIdConflictPolicy = options.IdConflictPolicy,
            RetryPolicy = options.RetryPolicy?.ToProto(),
            CronSchedule = options.CronSchedule ?? string.Empty,
            Memo = await ToMemoAsync(converter, options.Memo),
            SearchAttributes = options.TypedSearchAttributes is { Count: > 0 } attributes ? attributes.ToProto() : null,
            Header = await ToHeaderAsync(converter, headers),
            WorkflowStartDelay = ToDuration(options.StartDelay),
            UserMetadata = await converter.ToUserMetadataAsync(options.StaticSummary, options.StaticDetails),
            VersioningOverride = options.VersioningOverride?.ToProto(),
            Priority = options.Priority?.ToProto(),
        };
    }
}
