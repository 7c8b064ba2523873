using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Targets;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>Asks guards, writes their fencing tokens, and watches who holds them.</summary>
internal sealed partial class LockActivities(
    KubernetesClients clients, HolderWatch watch, AuditJournal journal, IOptions<StoreOptions> store) : ILockActivities
{
    /// <inheritdoc/>
    [Activity("AcquireLocks")]
    public async Task<AcquiredLocks> AcquireLocksAsync(AcquireLocksInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        await journal.AppendAsync(input.Audit, ActivityCall.Token);
        List<LockGrant> grants = [];
        foreach (LockNeed need in input.Needs)
        {
            LockRequest request = new(input.Holder, input.Places, need.Mode, input.Priority, input.Expected)
            {
                Set = [.. input.Needs.Select(each => each.Guard)],
            };
            LockAnswer answer = await AskAsync(need.Guard, request);
            if (answer.Grant is null)
            {
                return new(grants, need.Guard, answer.Waiting);
            }

            grants.Add(answer.Grant);
        }

        return new(grants);
    }

    /// <inheritdoc/>
    [Activity("ReleaseLocks")]
    public async Task ReleaseLocksAsync(ReleaseLocksInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        await KeepAsync(input.Audit);
        foreach (string guard in input.Guards.Reverse())
        {
            try
            {
                await ActivityExecutionContext.Current.TemporalClient.GetWorkflowHandle<ClusterGuardWorkflow>(guard)
                    .ExecuteUpdateAsync(w => w.ReleaseAsync(input.Holder), new() { Rpc = Rpc });
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // No guard, no lock.
            }
        }
    }

    /// <inheritdoc/>
    [Activity("RaiseFence")]
    public Task<RaisedFence> IssueFenceAsync(RaiseFenceInput input) => Failures.TranslateAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(input);
        return new RaisedFence(await FenceLeases.RaiseAsync(clients, input, store.Value.Installation, ActivityCall.Token));
    });

    /// <inheritdoc/>
    [Activity("WatchHolders")]
    public Task<EndedHolder> WatchHoldersAsync(WatchHoldersInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        return watch.UntilOneEndsAsync(context.TemporalClient, input, () => context.Heartbeat(), context.CancellationToken);
    }

    // A lock is given back although its run could not be kept; the pack, which comes next, has all of it.
    private async Task KeepAsync(IReadOnlyList<AuditEvent> events)
    {
        try
        {
            await journal.AppendAsync(events, ActivityCall.Token);
        }
        catch (ApplicationFailureException e)
        {
            LogNotKept(ActivityExecutionContext.Current.Logger, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A lock is released without its audit events: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);

    private static RpcOptions Rpc => new() { CancellationToken = ActivityCall.Token };

    private static async Task<LockAnswer> AskAsync(string guard, LockRequest request)
    {
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        WorkflowOptions options = new(guard, context.Info.TaskQueue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            StaticSummary = $"Lock of {guard}",
        };
        IRawValue begin = context.PayloadConverter.ToRawValue(new GuardInput(guard));
        // A further try of this activity finds the asking of the one before, and waits for the same answer.
        string id = $"{context.Info.WorkflowRunId}/{context.Info.ActivityId}";
        try
        {
            return await context.TemporalClient.ExecuteUpdateWithStartWorkflowAsync(
                (ClusterGuardWorkflow w) => w.AcquireAsync(request),
                new(id, WithStartWorkflowOperation.Create((ClusterGuardWorkflow w) => w.RunAsync(begin), options)) { Rpc = Rpc });
        }
        catch (WorkflowUpdateFailedException e) when (e.InnerException is ApplicationFailureException failure)
        {
            // The guard could not write its token; its reason is the reason.
            throw new ApplicationFailureException(failure.Message, failure, failure.ErrorType, nonRetryable: true);
        }
    }
}
