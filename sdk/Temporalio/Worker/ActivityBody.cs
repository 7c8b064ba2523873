using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Telemetry;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker;

/// <summary>Runs the code of one attempt, and says how it ended. Nothing that the code or a converter throws gets past it.</summary>
internal sealed partial class ActivityBody(
    WorkerScope scope,
    ActivityRegistry registry,
    PollActivityTaskQueueResponse task,
    ActivityExecutionContext context,
    ActivityHeartbeats heartbeats)
{
    private readonly DataConverter _converter = context.Info.DataConverter;
    private readonly ILogger _logger = context.Logger;

    public async Task<ActivityOutcome> RunAsync()
    {
        try
        {
            return new ActivityOutcome.Completed(await InvokeAsync());
        }
        catch (CompleteAsyncException)
        {
            LogCompletesLater();
            return new ActivityOutcome.Untold();
        }
#pragma warning disable CA1031 // Whatever an activity throws is its failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return await OutcomeOfAsync(e);
        }
    }

    private async Task<Payload> InvokeAsync()
    {
        ActivityDefinition definition = registry.Find(context.Info.ActivityType);
        object?[] arguments = await ArgumentsAsync(definition);
        IReadOnlyDictionary<string, Payload> headers = await HeadersAsync();
        ActivityInboundInterceptor inbound = scope.Interceptors.Reverse().Aggregate(
            (ActivityInboundInterceptor)new Innermost(context), (next, interceptor) => interceptor.InterceptActivity(next));
        inbound.Init(new Outermost(heartbeats));
        object? result = await TraceAsync(inbound, new(definition, arguments, headers));
        return await _converter.ToPayloadAsync(result is ValueTuple ? null : result);
    }

    private async Task<object?> TraceAsync(ActivityInboundInterceptor inbound, ExecuteActivityInput input)
    {
        using Activity? activity = SdkTracing.Activity.HasListeners()
            ? SdkTracing.Activity.StartActivity(
                $"RunActivity:{context.Info.ActivityType}", ActivityKind.Server, SdkTracing.Extract(input.Headers))
            : null;
        activity?.SetTag("temporalWorkflowID", context.Info.WorkflowId)
            .SetTag("temporalRunID", context.Info.WorkflowRunId)
            .SetTag("temporalActivityID", context.Info.ActivityId);
        try
        {
            return await inbound.ExecuteActivityAsync(input);
        }
        catch (Exception e) when (e is not CompleteAsyncException)
        {
            activity.Fail(e);
            throw;
        }
    }

    private async Task<object?[]> ArgumentsAsync(ActivityDefinition definition)
    {
        IReadOnlyCollection<Payload> input = task.Input?.Payloads_ ?? [];
        try
        {
            if (definition.Dynamic)
            {
                return [await Task.WhenAll(input.Select(_converter.ToValueAsync<IRawValue>))];
            }

            if (input.Count < definition.RequiredParameterCount)
            {
                throw new ArgumentException(
                    $"{input.Count} argument(s) given where {definition.RequiredParameterCount} are required by the signature");
            }

            // Arguments beyond the signature are dropped: a workflow may know a newer activity.
            return await Task.WhenAll(input.Zip(definition.ParameterTypes, _converter.ToValueAsync));
        }
#pragma warning disable CA1031 // The converter and the codec are the user's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new ApplicationFailureException(
                $"Failed decoding the arguments of activity {context.Info.ActivityType}: {e.Message}", e);
        }
    }

    private async Task<IReadOnlyDictionary<string, Payload>> HeadersAsync()
    {
        Dictionary<string, Payload> headers = [];
        foreach ((string name, Payload value) in task.Header?.Fields ?? [])
        {
            headers[name] = _converter.PayloadCodec is { } codec ? await codec.DecodeSingleAsync(value) : value;
        }

        return headers;
    }

    private async Task<ActivityOutcome> OutcomeOfAsync(Exception exception)
    {
        ActivityCancelReason reason = exception is OperationCanceledException ? context.CancelReason : ActivityCancelReason.None;
        switch (reason)
        {
            case ActivityCancelReason.CancelRequested:
                LogCancelled(reason);
                return new ActivityOutcome.Canceled();
            case ActivityCancelReason.GoneFromServer or ActivityCancelReason.Timeout:
                LogCancelled(reason);
                return new ActivityOutcome.Untold();
            case ActivityCancelReason.HeartbeatRecordFailure:
                exception = heartbeats.Failure!;
                break;
            case ActivityCancelReason.Paused:
                exception = new ApplicationFailureException("Activity paused", exception, "ActivityPause");
                break;
            case ActivityCancelReason.Reset:
                exception = new ApplicationFailureException("Activity reset", exception, "ActivityReset");
                break;
            case ActivityCancelReason.WorkerShutdown:
                exception = new ApplicationFailureException(
                    "Worker is shutting down and this activity did not complete in time", exception, "WorkerShutdown");
                break;
        }

        LogFailed(
            reason != ActivityCancelReason.None || exception is ApplicationFailureException { Category: ApplicationErrorCategory.Benign }
                ? LogLevel.Debug
                : LogLevel.Warning,
            exception);
        return new ActivityOutcome.Failed(await FailureOfAsync(exception));
    }

    private async Task<Failure> FailureOfAsync(Exception exception)
    {
        try
        {
            return await _converter.ToFailureAsync(exception);
        }
#pragma warning disable CA1031 // The converter and the codec are the user's; the attempt must end all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new()
            {
                Message = $"Failed converting the failure of activity {context.Info.ActivityType}: {e.Message}",
                ApplicationFailureInfo = new() { Type = e.GetType().Name },
            };
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The activity will be completed asynchronously")]
    private partial void LogCompletesLater();

    [LoggerMessage(Level = LogLevel.Debug, Message = "The activity ended on its cancellation: {Reason}")]
    private partial void LogCancelled(ActivityCancelReason reason);

    [LoggerMessage(Message = "The attempt of the activity failed")]
    private partial void LogFailed(LogLevel level, Exception exception);

    /// <summary>Where the chain of calls into the activity ends.</summary>
    private sealed class Innermost(ActivityExecutionContext context) : ActivityInboundInterceptor
    {
        public override void Init(ActivityOutboundInterceptor outbound) =>
            context.Heartbeater = details => outbound.Heartbeat(new(details));

        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => input.Activity.InvokeAsync(input.Args);
    }

    /// <summary>Where the chain of calls out of the activity ends.</summary>
    private sealed class Outermost(ActivityHeartbeats heartbeats) : ActivityOutboundInterceptor
    {
        public override void Heartbeat(HeartbeatInput input) => heartbeats.Record(input.Details);
    }
}
