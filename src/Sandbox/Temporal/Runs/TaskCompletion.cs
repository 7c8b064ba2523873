using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// What a worker's answer to a workflow task does to its run. 1. All is checked. 2. A task that only brought rejections is dropped.
/// 3. Its completion is written, then each command in order. 4. What came meanwhile follows. 5. The next task, where there is news.
/// </summary>
internal sealed class TaskCompletion(WorkflowRun run, WorkflowTask task, RespondWorkflowTaskCompletedRequest request)
{
    private readonly Dictionary<string, Message> _messages = request.Messages.ToDictionary(message => message.Id, StringComparer.Ordinal);
    private readonly List<PendingActivity> _scheduled = [];
    private readonly List<ActivityAttempt> _eager = [];
    private long _completedId;
    private bool _isNews;

    /// <summary>Does it.</summary>
    /// <exception cref="Grpc.Core.RpcException">The task failed for what is wrong with the answer; the next try follows.</exception>
    public RespondWorkflowTaskCompletedResponse Apply()
    {
        Poller worker = task.Worker!;
        if (CommandRules.Check(run, request.Commands, _messages) is { } wrong)
        {
            throw wrong.EndsRun ? End(wrong) : Refuse(wrong.Cause, wrong.Sentence);
        }

        Command? close = request.Commands.FirstOrDefault(CommandRules.Closes);
        if (close is not null && run.History.HasBuffered)
        {
            throw Refuse(WorkflowTaskFailedCause.UnhandledCommand, "");
        }

        if (IsDiscarded())
        {
            return Discard(worker);
        }

        // A run that goes on as a new one leaves its history behind.
        if (close?.CommandType != CommandType.ContinueAsNewWorkflowExecution && run.EndAtLimit(EventsToCome()))
        {
            throw RpcErrors.InvalidArgument(run.BrokenLimit);
        }

        run.Tasks.StickTo(request.StickyAttributes);
        HistoryEvent completed = run.Tasks.Complete(task, CompletedAttributes());
        _completedId = completed.EventId;
        run.Completed(request.WorkerVersionStamp);
        run.Versioning.Completed(request);
        run.ResetPoints.Note(completed, request.DeploymentOptions?.BuildId is { Length: > 0 } build ? build
            : request.WorkerVersionStamp?.BuildId is { Length: > 0 } version ? version : request.BinaryChecksum);
        foreach (Command command in request.Commands.TakeWhile(command => command != close))
        {
            Do(command);
        }

        foreach (Message message in _messages.Values)
        {
            run.Updates.Apply(message);
        }

        run.Updates.RejectUnanswered();
        run.Queries.Answer(request.QueryResults);
        if (close is not null)
        {
            Close(close);
            return new();
        }

        foreach (PendingActivity activity in _scheduled.Where(activity => !_eager.Exists(attempt => attempt.Activity == activity)))
        {
            activity.Dispatch();
        }

        _isNews |= run.History.Flush();
        RespondWorkflowTaskCompletedResponse response = Respond(worker, _isNews || request.ForceCreateNewWorkflowTask);
        response.ActivityTasks.AddRange(_eager.Select(run.Activities.Task));
        return response;
    }

    // Nothing but updates that were all rejected: as if it had never been.
    private bool IsDiscarded() =>
        task.Kind == WorkflowTaskKind.Speculative && request.Commands.Count == 0 && !request.ForceCreateNewWorkflowTask
        && RunUpdates.AreRejections(request.Messages) && !run.History.HasBuffered;

    private RespondWorkflowTaskCompletedResponse Discard(Poller worker)
    {
        run.Tasks.Discard(task, request.StickyAttributes);
        foreach (Message message in request.Messages)
        {
            run.Updates.Apply(message);
        }

        run.Updates.RejectUnanswered();
        run.Queries.Answer(request.QueryResults);
        RespondWorkflowTaskCompletedResponse response = Respond(worker, isNews: false);
        response.ResetHistoryEventId = run.Tasks.LastStartedId;
        return response;
    }

    private RespondWorkflowTaskCompletedResponse Respond(Poller worker, bool isNews)
    {
        RespondWorkflowTaskCompletedResponse response = new();
        if (isNews || run.Updates.HasUnsent)
        {
            WorkflowTask next = run.Tasks.Schedule(isSpeculative: !isNews);
            if (request.ReturnNewWorkflowTask)
            {
                next.IsOnSticky = next.Sticky is not null;
                next.TakenBy(worker);
                response.WorkflowTask = next.IsStarted ? WorkflowTaskMessage.Of(next) : null;
            }
            else
            {
                run.Tasks.Dispatch(next);
            }
        }

        run.Queries.Redirect();
        run.TellWatchers();
        return response;
    }

    private Grpc.Core.RpcException Refuse(WorkflowTaskFailedCause cause, string sentence)
    {
        Failure failure = FailureOf(cause, sentence);
        run.Tasks.Fail(task, cause, failure, request.Identity);
        return RpcErrors.InvalidArgument(failure.Message);
    }

    private Grpc.Core.RpcException End(CommandFault fault)
    {
        Failure failure = FailureOf(fault.Cause, fault.Sentence);
        run.Tasks.ForceEnd(task, fault.Cause, failure, request.Identity);
        RunEnds.Terminate(run, failure.Message, null, "history-service");
        return RpcErrors.InvalidArgument(failure.Message);
    }

    private static Failure FailureOf(WorkflowTaskFailedCause cause, string sentence) =>
        new() { Message = sentence.Length > 0 ? $"{cause}: {sentence}" : $"{cause}", ServerFailureInfo = new() };

    // The completion, what was only shown of the task so far, an event for each command and each answer to an update, what came meanwhile,
    // and the next task.
    private int EventsToCome()
    {
        int answers = request.Messages.Count(message => !message.Body.Is(Rejection.Descriptor));
        int commands = request.Commands.Count(command => command.CommandType != CommandType.ProtocolMessage);
        int next = request.ForceCreateNewWorkflowTask || run.History.HasBuffered ? 1 : 0;
        return 1 + (task.Kind == WorkflowTaskKind.Normal ? 0 : 2) + commands + answers + run.History.Buffered.Count() + next;
    }

    private void Do(Command command)
    {
        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask:
                Schedule(command);
                break;
            case CommandType.RequestCancelActivityTask:
                _isNews |= run.Activities.RequestCancel(command, _completedId, request.Identity);
                break;
            case CommandType.StartTimer:
                run.Timers.Start(command, _completedId);
                break;
            case CommandType.CancelTimer:
                run.Timers.Cancel(command, _completedId, request.Identity);
                break;
            case CommandType.RecordMarker:
                Mark(command);
                break;
            case CommandType.StartChildWorkflowExecution:
                run.Children.Initiate(command, _completedId);
                break;
            case CommandType.SignalExternalWorkflowExecution:
                run.Externals.Signal(command, _completedId);
                break;
            case CommandType.RequestCancelExternalWorkflowExecution:
                run.Externals.RequestCancel(command, _completedId);
                break;
            case CommandType.UpsertWorkflowSearchAttributes:
                Upsert(command);
                break;
            case CommandType.ModifyWorkflowProperties:
                Modify(command);
                break;
            case CommandType.ProtocolMessage when _messages.Remove(command.ProtocolMessageCommandAttributes.MessageId,
                out Message? message):
                run.Updates.Apply(message);
                break;
            default:
                throw new InvalidOperationException($"{command.CommandType} passed the check of commands, and nothing does it.");
        }
    }

    private void Schedule(Command command)
    {
        PendingActivity activity = run.Activities.Schedule(command, _completedId);
        _scheduled.Add(activity);
        if (command.ScheduleActivityTaskCommandAttributes.RequestEagerExecution && activity.Attributes.TaskQueue.Name == run.TaskQueue)
        {
            _eager.Add(activity.StartEagerly(task.Worker!));
        }
    }

    private void Mark(Command command)
    {
        RecordMarkerCommandAttributes wanted = command.RecordMarkerCommandAttributes;
        HistoryEvent made = run.History.Make(EventType.MarkerRecorded, command);
        made.MarkerRecordedEventAttributes = new()
        {
            MarkerName = wanted.MarkerName, Header = wanted.Header, Failure = wanted.Failure, WorkflowTaskCompletedEventId = _completedId,
        };
        made.MarkerRecordedEventAttributes.Details.Add(wanted.Details);
        run.History.Append(made);
    }

    private void Upsert(Command command)
    {
        HistoryEvent made = run.History.Make(EventType.UpsertWorkflowSearchAttributes, command);
        made.UpsertWorkflowSearchAttributesEventAttributes = new()
        {
            WorkflowTaskCompletedEventId = _completedId,
            SearchAttributes = command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
        };
        run.History.Append(made);
        TemporalNamespace.Upsert(run, made.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes);
    }

    private void Modify(Command command)
    {
        HistoryEvent made = run.History.Make(EventType.WorkflowPropertiesModified, command);
        made.WorkflowPropertiesModifiedEventAttributes = new()
        {
            WorkflowTaskCompletedEventId = _completedId, UpsertedMemo = command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo,
        };
        run.History.Append(made);
        foreach ((string name, Temporalio.Api.Common.V1.Payload value) in
            made.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo?.Fields ?? [])
        {
            run.Memo.Fields[name] = value;
        }
    }

    private void Close(Command close)
    {
        switch (close.CommandType)
        {
            case CommandType.CompleteWorkflowExecution:
                RunEnds.Complete(run, close, _completedId);
                break;
            case CommandType.FailWorkflowExecution:
                RunEnds.Fail(run, close, _completedId);
                break;
            case CommandType.CancelWorkflowExecution:
                RunEnds.Cancel(run, close, _completedId);
                break;
            default:
                RunEnds.ContinueAsNew(run, close, _completedId);
                break;
        }
    }

    private WorkflowTaskCompletedEventAttributes CompletedAttributes() => new()
    {
        Identity = request.Identity,
        WorkerVersion = request.WorkerVersionStamp,
        SdkMetadata = request.SdkMetadata,
        MeteringMetadata = request.MeteringMetadata ?? new(),
        VersioningBehavior = request.VersioningBehavior,
        DeploymentVersion = request.DeploymentOptions is { BuildId.Length: > 0 } options
            && request.VersioningBehavior != VersioningBehavior.Unspecified
            ? new() { BuildId = options.BuildId, DeploymentName = options.DeploymentName }
            : null,
        WorkerDeploymentName = request.DeploymentOptions?.DeploymentName ?? "",
    };
}
