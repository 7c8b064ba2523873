using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Client.Transport;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Runs;
using VersioningBehavior = Temporalio.Common.VersioningBehavior;

namespace Temporalio.Worker;

/// <summary>Tells the server what came of workflow tasks.</summary>
/// <param name="scope">The worker.</param>
/// <param name="stickyTaskQueue">The queue for tasks of runs that are in memory; null for none.</param>
/// <param name="activities">The worker's activities, of which some may start without a way over a queue; null for none.</param>
internal sealed partial class WorkflowTaskReports(WorkerScope scope, string? stickyTaskQueue, ActivityWorker? activities)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly ILogger _logger = scope.LoggerFactory.CreateLogger<WorkflowTaskReports>();
    private volatile bool _isStopping;

    /// <summary>Whether no activity may be handed straight back to this worker.</summary>
    public bool NeverEager => activities is null
        || scope.Options.DisableEagerActivityExecution
        || scope.Options.MaxTaskQueueActivitiesPerSecond is not null;

    private WorkflowService Service => scope.Client.Connection.WorkflowService;

    private static RpcOptions Patiently => new() { Timeout = CallTimeout, Retry = true };

    /// <summary>From now on the server sends no further task with the answer to one, and none of a run because it is in memory here.</summary>
    public void StopAskingForMore() => _isStopping = true;

    /// <summary>Answers a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">The run that worked on it.</param>
    /// <param name="outcome">What came of it.</param>
    /// <returns>Whether the run may stay in memory, and the next task, if the server sent one with its answer.</returns>
    public async Task<(bool Keeps, PolledTask? Next)> SendAsync(PolledTask task, WorkflowRun run, RunOutcome outcome)
    {
        if (outcome.Exception is { } exception)
        {
            LogTaskFailed(exception, task.WorkflowType, task.WorkflowId, task.RunId, task.Attempt);
            scope.Metrics.WorkflowTaskFailed(task.WorkflowType, outcome.Cause);
            await TryAsync(task, () => FailAsync(task, outcome));
            return (false, null);
        }

        if (task.IsQueryAlone)
        {
            return (await TryAsync(task, () => AnswerQueryAsync(task, outcome.QueryAnswers.Single())), null);
        }

        if (outcome.Answer is null)
        {
            return (true, null);
        }

        if (outcome.Answer.Commands.Select(scope.Limits.Exceeded).FirstOrDefault(excess => excess is not null) is { } tooLarge)
        {
            LogTooLarge(task.WorkflowType, task.WorkflowId, task.RunId, tooLarge);
            scope.Metrics.WorkflowTaskFailed(task.WorkflowType, WorkflowTaskFailedCause.PayloadsTooLarge);
            await TryAsync(task, () => FailTooLargeAsync(task, WorkflowTaskFailedCause.PayloadsTooLarge, "PayloadsTooLarge", tooLarge));
            return (false, null);
        }

        return await CompleteAsync(task, run, outcome);
    }

    private async Task<(bool Keeps, PolledTask? Next)> CompleteAsync(PolledTask task, WorkflowRun run, RunOutcome outcome)
    {
        int reserved = ReserveEagerSlots(outcome.Answer!.Commands);
        int started = 0;
        PolledTask? next = null;
        try
        {
            bool isAnswered = await TryAsync(
                task,
                async () =>
                {
                    RespondWorkflowTaskCompletedResponse response = await Service.RespondWorkflowTaskCompletedAsync(
                        Completion(task, outcome), Patiently);
                    if (response.ResetHistoryEventId > 0)
                    {
                        run.Machines.ResetTo(response.ResetHistoryEventId);
                    }

                    foreach (PollActivityTaskQueueResponse activity in response.ActivityTasks.Take(reserved))
                    {
                        activities!.Start(activity, isEager: true);
                        started++;
                    }

                    next = response.WorkflowTask is { TaskToken.IsEmpty: false } ? new(response.WorkflowTask) : null;
                });
            if (isAnswered && run.Machines.IsFinished)
            {
                RecordEnd(task, run, outcome);
            }

            return (isAnswered && !run.Machines.IsFinished, next);
        }
        finally
        {
            for (; started < reserved; started++)
            {
                activities!.ReleaseSlot();
            }
        }
    }

    private void RecordEnd(PolledTask task, WorkflowRun run, RunOutcome outcome)
    {
        if (outcome.Answer!.Commands is [.., { CommandType: var end }])
        {
            scope.Metrics.WorkflowClosed(task.WorkflowType, end, scope.TimeProvider.GetUtcNow().UtcDateTime - run.StartTime);
        }
    }

    /// <summary>Takes slots for activities that may come back with the answer; the others go over their queue.</summary>
    private int ReserveEagerSlots(IReadOnlyList<Command> commands)
    {
        int reserved = 0;
        foreach (Command command in commands)
        {
            if (command.ScheduleActivityTaskCommandAttributes is not { RequestEagerExecution: true } activity)
            {
                continue;
            }

            activity.RequestEagerExecution = !_isStopping
                && activity.TaskQueue.Name == scope.TaskQueue
                && reserved < scope.Options.MaxEagerActivityReservationsPerWorkflowTask
                && activities!.TryReserveSlot();
            reserved += activity.RequestEagerExecution ? 1 : 0;
        }

        return reserved;
    }

    private RespondWorkflowTaskCompletedRequest Completion(PolledTask task, RunOutcome outcome)
    {
        RespondWorkflowTaskCompletedRequest request = new()
        {
            Namespace = scope.Namespace,
            TaskToken = task.Token,
            Identity = scope.Identity,
            WorkerInstanceKey = scope.InstanceKey,
            Commands = { outcome.Answer!.Commands },
            Messages = { outcome.Answer.Messages },
            SdkMetadata = outcome.Answer.SdkMetadata,
            Capabilities = new() { DiscardSpeculativeWorkflowTaskWithEvents = true },
            DeploymentOptions = scope.DeploymentOptions,
            VersioningBehavior = BehaviorOf(outcome.VersioningBehavior),
        };
        if (stickyTaskQueue is not null && !_isStopping)
        {
            request.ReturnNewWorkflowTask = true;
            request.StickyAttributes = new()
            {
                WorkerTaskQueue = new() { Name = stickyTaskQueue, Kind = TaskQueueKind.Sticky, NormalName = scope.TaskQueue },
                ScheduleToStartTimeout = Duration.FromTimeSpan(scope.Options.StickyQueueScheduleToStartTimeout),
            };
        }

        AddAnswers(outcome.QueryAnswers, request.QueryResults);
        return request;
    }

    private static void AddAnswers(IReadOnlyList<AnswerQueryCommand> answers, MapField<string, WorkflowQueryResult> results)
    {
        foreach (AnswerQueryCommand answer in answers)
        {
            results[answer.QueryId] = new()
            {
                ResultType = answer.Failure is null ? QueryResultType.Answered : QueryResultType.Failed,
                Answer = PayloadsOf(answer),
                ErrorMessage = answer.Failure?.Message ?? string.Empty,
                Failure = answer.Failure,
            };
        }
    }

    private async Task AnswerQueryAsync(PolledTask task, AnswerQueryCommand answer) => await Service.RespondQueryTaskCompletedAsync(
        new()
        {
            Namespace = scope.Namespace,
            TaskToken = task.Token,
            CompletedType = answer.Failure is null ? QueryResultType.Answered : QueryResultType.Failed,
            QueryResult = PayloadsOf(answer),
            ErrorMessage = answer.Failure?.Message ?? string.Empty,
            Failure = answer.Failure,
        },
        Patiently);

    /// <summary>Makes a call. False if the server did not take the answer; the run must begin again from its history then.</summary>
    private async Task<bool> TryAsync(PolledTask task, Func<Task> call)
    {
        try
        {
            await call();
            scope.ServerContact.Reached();
            return true;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound || IsUnhandledCommand(e))
        {
            // The task timed out, or something came in that the answer did not see. A new task comes.
            scope.ServerContact.Reached();
            LogOutdated(task.WorkflowType, task.WorkflowId, task.RunId, e.Message);
            return false;
        }
        catch (RpcException e) when (ServerContact.IsTransient(e))
        {
            scope.ServerContact.Lost(e);
            return false;
        }
        catch (RpcException e)
        {
            LogRefused(e, task.WorkflowType, task.WorkflowId, task.RunId);
            if (RpcRetry.IsMessageTooLarge(e))
            {
                await TryFailAsync(task, e);
            }

            return false;
        }
    }

    private static bool IsUnhandledCommand(RpcException exception) =>
        exception.Code == RpcException.StatusCode.InvalidArgument
        && exception.Message.Contains("UnhandledCommand", StringComparison.Ordinal);

    private static Payloads? PayloadsOf(AnswerQueryCommand answer) =>
        answer.Answer is null ? null : new() { Payloads_ = { answer.Answer } };

    private Api.Enums.V1.VersioningBehavior BehaviorOf(VersioningBehavior behavior)
    {
        if (scope.Options.DeploymentOptions is not { UseWorkerVersioning: true } options)
        {
            return Api.Enums.V1.VersioningBehavior.Unspecified;
        }

        VersioningBehavior effective = behavior == VersioningBehavior.Unspecified ? options.DefaultVersioningBehavior : behavior;
        return (Api.Enums.V1.VersioningBehavior)(int)effective;
    }
}
