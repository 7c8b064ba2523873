using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Worker;

/// <summary>
/// Tells the server how attempts ended. A call that fails is repeated for as long as the server may wait for the answer: a result that
/// was reached once is not lost with one connection.
/// </summary>
internal sealed partial class ActivityReports(WorkerScope scope, CancellationToken workerShutdown)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    // Timers take at most 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    // A worker that shuts down while the server is away ends some time.
    private static readonly TimeSpan PatienceInShutdown = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = scope.LoggerFactory.CreateLogger<ActivityReports>();

    /// <summary>Reports the outcome of an attempt, with the latest details of its heartbeats.</summary>
    public async Task SendAsync(ActivityInfo info, ActivityOutcome outcome, Payloads? heartbeatDetails)
    {
        using CancellationTokenSource patience = PatienceFor(info);
        using CancellationTokenRegistration shortened = workerShutdown.Register(
            () => patience.CancelAfter(Max(scope.Options.GracefulShutdownTimeout, PatienceInShutdown)));
        RetryPause pause = new(scope.TimeProvider);
        bool replaced = false;
        while (true)
        {
            try
            {
                await CallAsync(info, outcome, heartbeatDetails, patience.Token);
                scope.ServerContact.Reached();
                return;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // The workflow has closed, the attempt timed out, or an earlier answer to this very report was lost.
                scope.ServerContact.Reached();
                LogGone(info.ActivityType, info.ActivityId, info.Attempt);
                return;
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException && patience.IsCancellationRequested)
            {
                LogGivenUp(e, info.ActivityType, info.ActivityId, info.Attempt);
                return;
            }
            catch (RpcException e) when (ServerContact.IsTransient(e) || IsAuthentication(e))
            {
                scope.ServerContact.Lost(e);
                await pause.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (RpcException e) when (!replaced)
            {
                replaced = true;
                (outcome, heartbeatDetails) = (RefusedBy(e), null);
            }
            catch (RpcException e)
            {
                LogRefused(e, info.ActivityType, info.ActivityId, info.Attempt);
                return;
            }
        }
    }

    private static bool IsAuthentication(RpcException exception) =>
        exception.Code is RpcException.StatusCode.Unauthenticated or RpcException.StatusCode.PermissionDenied;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>What the server is told in place of an outcome that it refused, such as a result that is too large.</summary>
    private static ActivityOutcome.Failed RefusedBy(RpcException exception) => new(new Failure
    {
        Message = $"The server refused the outcome of the activity: {exception.Code}: {exception.Message}",
        ApplicationFailureInfo = new() { Type = "ActivityOutcomeRefused" },
    });

    private CancellationTokenSource PatienceFor(ActivityInfo info)
    {
        TimeSpan timeout = info.StartToCloseTimeout ?? info.ScheduleToCloseTimeout ?? Longest;
        return new(timeout < Longest ? timeout : Longest, scope.TimeProvider);
    }

    private async Task CallAsync(
        ActivityInfo info, ActivityOutcome outcome, Payloads? heartbeatDetails, CancellationToken cancellationToken)
    {
        WorkflowService service = scope.Client.Connection.WorkflowService;
        RpcOptions options = new() { Timeout = CallTimeout, CancellationToken = cancellationToken };
        ByteString token = ByteString.CopyFrom(info.TaskToken);
        switch (outcome)
        {
            case ActivityOutcome.Completed completed:
                await service.RespondActivityTaskCompletedAsync(
                    new()
                    {
                        Namespace = info.Namespace,
                        TaskToken = token,
                        Identity = scope.Identity,
                        DeploymentOptions = scope.DeploymentOptions,
                        Result = new() { Payloads_ = { completed.Result } },
                    },
                    options);
                break;
            case ActivityOutcome.Failed failed:
                await service.RespondActivityTaskFailedAsync(
                    new()
                    {
                        Namespace = info.Namespace,
                        TaskToken = token,
                        Identity = scope.Identity,
                        DeploymentOptions = scope.DeploymentOptions,
                        Failure = failed.Failure,
                        LastHeartbeatDetails = heartbeatDetails,
                    },
                    options);
                break;
            case ActivityOutcome.Canceled:
                await service.RespondActivityTaskCanceledAsync(
                    new()
                    {
                        Namespace = info.Namespace,
                        TaskToken = token,
                        Identity = scope.Identity,
                        DeploymentOptions = scope.DeploymentOptions,
                    },
                    options);
                break;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "The server no longer waits for activity {ActivityType}, id {ActivityId}, attempt {Attempt}")]
    private partial void LogGone(string activityType, string activityId, int attempt);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Gave up reporting activity {ActivityType}, id {ActivityId}, attempt {Attempt}: the server retries it on a timeout")]
    private partial void LogGivenUp(Exception exception, string activityType, string activityId, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The server refused the outcome of activity {ActivityType}, id {ActivityId}, attempt {Attempt}")]
    private partial void LogRefused(Exception exception, string activityType, string activityId, int attempt);
}
