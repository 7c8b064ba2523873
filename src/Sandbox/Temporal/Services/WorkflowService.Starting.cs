using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Starts workflows.</content>
internal sealed partial class WorkflowService
{
    public Task<StartWorkflowExecutionResponse> StartWorkflowExecution(StartWorkflowExecutionRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() => Start(request, call)));

    public Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartWorkflowExecution(SignalWithStartWorkflowExecutionRequest request,
        ServerCallContext call)
    {
        StartWorkflowExecutionRequest start = StartOf(request);
        return Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            Require(RequestFaults.Of(request));
            Check(space, start);
            WorkflowRun? open = space.Current(request.WorkflowId) is { IsOpen: true } current
                && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.TerminateExisting ? current : null;
            if (open is { Spec.IsStartDelay: true })
            {
                open.Tasks.EndDelay();
            }

            open?.Signal(request.SignalName, request.SignalInput, request.Identity, request.Header, null, request.RequestId);
            if (open is not null)
            {
                RequireWithinLimits(open);
            }

            WorkflowRun run = open ?? StartNew(
                space, start, signal: new(request.SignalName, request.SignalInput, request.Identity, request.Header));
            return new SignalWithStartWorkflowExecutionResponse { RunId = run.RunId, FirstExecutionRunId = run.FirstRunId,
                Started = open is null };
        }));
    }

    private static StartWorkflowExecutionRequest StartOf(SignalWithStartWorkflowExecutionRequest request) => new()
    {
        Namespace = request.Namespace,
        WorkflowId = request.WorkflowId,
        WorkflowType = request.WorkflowType,
        TaskQueue = request.TaskQueue,
        Input = request.Input,
        WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
        WorkflowRunTimeout = request.WorkflowRunTimeout,
        WorkflowTaskTimeout = request.WorkflowTaskTimeout,
        Identity = request.Identity,
        RequestId = request.RequestId,
        WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy,
        RetryPolicy = request.RetryPolicy,
        CronSchedule = request.CronSchedule,
        Memo = request.Memo,
        SearchAttributes = request.SearchAttributes,
        Header = request.Header,
        WorkflowStartDelay = request.WorkflowStartDelay,
        UserMetadata = request.UserMetadata,
        Priority = request.Priority,
        VersioningOverride = request.VersioningOverride,
    };

    // Without a call no worker of the caller can take the first task with the answer.
    private StartWorkflowExecutionResponse Start(StartWorkflowExecutionRequest request, ServerCallContext? call)
    {
        TemporalNamespace space = Space(request.Namespace);
        Check(space, request);
        if (space.Current(request.WorkflowId) is { } known && request.RequestId.Length > 0 && known.Spec.RequestId == request.RequestId)
        {
            return Started(known, started: true);
        }

        if (space.Current(request.WorkflowId) is { IsOpen: true } open
            && request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.UseExisting)
        {
            return Started(open, started: false);
        }

        Poller? eager = call is not null && request.RequestEagerExecution
            ? PollerOf(request.Identity, call, null, request.EagerWorkerDeploymentOptions) : null;
        WorkflowRun run = StartNew(space, request, eager);
        StartWorkflowExecutionResponse response = Started(run, started: true);
        response.EagerWorkflowTask = eager is not null && run.Tasks.Current is { IsStarted: true } first ? WorkflowTaskMessage.Of(first)
            : null;
        return response;
    }

    private static StartWorkflowExecutionResponse Started(WorkflowRun run, bool started) =>
        new() { RunId = run.RunId, FirstExecutionRunId = run.FirstRunId, Started = started, Status = run.Status };

    private static WorkflowRun StartNew(TemporalNamespace space, StartWorkflowExecutionRequest request, Poller? eager = null,
        FirstSignal? signal = null)
    {
        if (space.Current(request.WorkflowId) is { } current)
        {
            bool terminates = request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
                || request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning;
            if (current.IsOpen && terminates)
            {
                RunEnds.Terminate(current, "TerminateIfRunning WorkflowIdReusePolicy", null, "history-service");
            }
            else if (!space.MayStart(request.WorkflowId, request.WorkflowIdReusePolicy))
            {
                throw AlreadyStarted(current);
            }
        }

        return space.Start(SpecOf(request) with { EagerWorker = eager, Signal = signal });
    }

    private static RpcException AlreadyStarted(WorkflowRun current) => RpcErrors.Of(
        StatusCode.AlreadyExists,
        current.IsOpen
            ? $"Workflow execution is already running. WorkflowId: {current.WorkflowId}, RunId: {current.RunId}."
            : $"Workflow execution already finished. WorkflowId: {current.WorkflowId}, RunId: {current.RunId}. " +
                "Workflow Id reuse policy: rejected.",
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = current.Spec.RequestId, RunId = current.RunId,
            FirstExecutionRunId = current.FirstRunId });

    private static RunSpec SpecOf(StartWorkflowExecutionRequest request)
    {
        TimeSpan delay = Time(request.WorkflowStartDelay);
        TimeSpan cron = request.CronSchedule.Length > 0
            ? CronTime.Next(request.CronSchedule, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow()) ?? TimeSpan.Zero
            : TimeSpan.Zero;
        TimeSpan task = Time(request.WorkflowTaskTimeout);
        return new RunSpec
        {
            WorkflowId = request.WorkflowId,
            Type = request.WorkflowType.Name,
            TaskQueue = request.TaskQueue.Name,
            Input = request.Input,
            ExecutionTimeout = Time(request.WorkflowExecutionTimeout),
            RunTimeout = Time(request.WorkflowRunTimeout),
            TaskTimeout = task > TimeSpan.Zero ? task : TimeSpan.FromSeconds(10),
            Identity = request.Identity,
            RequestId = request.RequestId,
            RetryPolicy = request.RetryPolicy is null ? null : RetrySchedule.Filled(request.RetryPolicy),
            CronSchedule = request.CronSchedule,
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            UserMetadata = request.UserMetadata,
            Priority = request.Priority,
            Backoff = delay > TimeSpan.Zero ? delay : cron,
            IsStartDelay = delay > TimeSpan.Zero,
            Initiator = request.CronSchedule.Length > 0 ? ContinueAsNewInitiator.CronSchedule : ContinueAsNewInitiator.Unspecified,
            LastFailure = request.ContinuedFailure,
            LastResult = request.LastCompletionResult,
            Override = request.VersioningOverride,
        };
    }

    private static void Check(TemporalNamespace space, StartWorkflowExecutionRequest request)
    {
        string? fault = request switch
        {
            { WorkflowId.Length: 0 } => "WorkflowId is not set on request.",
            { WorkflowType: not { Name.Length: > 0 } } => "WorkflowType is not set on request.",
            { TaskQueue: not { Name.Length: > 0 } } => "Missing task queue name.",
            _ when request.CronSchedule.Length > 0 && Time(request.WorkflowStartDelay) > TimeSpan.Zero =>
                "CronSchedule and WorkflowStartDelay may not be used together.",
            _ when request.CronSchedule.Length > 0 && !CronTime.IsValid(request.CronSchedule) => "invalid CronSchedule.",
            _ when request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
                && request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.RejectDuplicate
                => "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with " +
                    "WorkflowIDConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING.",
            _ => space.SearchAttributeFault(request.SearchAttributes) ?? RequestFaults.Of(request),
        };
        Require(fault);
    }

    private static TimeSpan Time(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}
