using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>A guard whose fences fail and whose holders cannot be read, on a real server.</summary>
[Trait("Category", "Lab")]
[Collection(TemporalLab.Collection)]
public sealed class GuardFaultRunTests(TemporalLab lab)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [LabFact]
    public async Task Acquire_AskedTwiceByOneHolder_BothLearnThatTheFenceFailed()
    {
        string name = $"cluster/lab/{Guid.NewGuid():N}";
        Locks locks = new() { FenceFails = true };
        using TemporalWorker worker = Worker(name, locks);

        await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<ClusterGuardWorkflow> guard = await StartAsync(name);
            LockRequest request = Request(name);
            WorkflowUpdateHandle<LockAnswer> lost = await AcceptedAsync(guard, request);
            WorkflowUpdateHandle<LockAnswer> live = await AcceptedAsync(guard, request);
            locks.FenceMayGoOn.SetResult();

            foreach (WorkflowUpdateHandle<LockAnswer> asking in new[] { lost, live })
            {
                WorkflowUpdateFailedException failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                    () => asking.GetResultAsync().WaitAsync(Limit));
                Assert.Equal("RBAC_MISSING", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
            }
        }).WaitAsync(Limit);
    }

    [LabFact]
    public async Task Holder_ThatEndedAndCouldNotBeReadAtFirst_LosesTheLockOnceItCanBe()
    {
        string name = $"cluster/lab/{Guid.NewGuid():N}";
        Locks locks = new();
        locks.FenceMayGoOn.SetResult();
        using TemporalWorker worker = Worker(name, locks);

        await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<ClusterGuardWorkflow> guard = await StartAsync(name);
            Assert.NotNull((await guard.ExecuteUpdateAsync(w => w.AcquireAsync(Request(name)))).Grant);
            GuardStatus orphaned = await WaitForAsync(guard, GuardCondition.Orphaned);
            Assert.Null(Assert.Single(orphaned.Holders).Orphan!.OpenEntries);
            locks.HolderIsRead.SetResult();

            GuardStatus freed = await WaitForAsync(guard, GuardCondition.Quarantined);
            Assert.Empty(freed.Holders);
        }).WaitAsync(Limit);
    }

    private static async Task<GuardStatus> WaitForAsync(WorkflowHandle<ClusterGuardWorkflow> guard, GuardCondition condition)
    {
        while (true)
        {
            GuardStatus status = await guard.QueryAsync(w => w.Status());
            if (status.Condition == condition)
            {
                return status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static Task<WorkflowUpdateHandle<LockAnswer>> AcceptedAsync(WorkflowHandle<ClusterGuardWorkflow> guard, LockRequest request) =>
        guard.StartUpdateAsync(w => w.AcquireAsync(request), new(WorkflowUpdateStage.Accepted));

    private static LockRequest Request(string guard) => new(
        new LockHolder($"holder-of/{guard}", Guid.NewGuid().ToString(), "CHG-1", HolderWorkflow.Type, "unverified:alice"),
        [new LockPlace(new ChangeTarget("lab", "confluent"), "cluster-uid")],
        LockMode.Exclusive,
        LockPriority.Normal,
        TimeSpan.FromMinutes(1));

    private Task<WorkflowHandle<ClusterGuardWorkflow>> StartAsync(string guard) =>
        lab.Client.StartWorkflowAsync(
            (ClusterGuardWorkflow w) => w.RunAsync(DataConverter.Default.PayloadConverter.ToRawValue(new GuardInput(guard))),
            new(guard, guard));

    private TemporalWorker Worker(string queue, Locks locks) => new(
        lab.Client,
        new TemporalWorkerOptions(queue) { MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100) }
            .AddWorkflow<ClusterGuardWorkflow>().AddAllActivities(locks));

    private sealed class Locks : ILockActivities
    {
        public bool FenceFails { get; init; }

        public TaskCompletionSource FenceMayGoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource HolderIsRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity("AcquireLocks")]
        public Task<AcquiredLocks> AcquireLocksAsync(AcquireLocksInput input) => throw new NotSupportedException();

        [Activity("ReleaseLocks")]
        public Task ReleaseLocksAsync(ReleaseLocksInput input) => throw new NotSupportedException();

        [Activity("RaiseFence")]
        public async Task<RaisedFence> IssueFenceAsync(RaiseFenceInput input)
        {
            await FenceMayGoOn.Task.WaitAsync(Limit);
            return FenceFails
                ? throw new ApplicationFailureException("leases are denied.", "RBAC_MISSING", nonRetryable: true)
                : new(input.Above + 1);
        }

        [Activity("WatchHolders")]
        public async Task<EndedHolder> WatchHoldersAsync(WatchHoldersInput input)
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            if (!input.KnownToHaveEnded.Contains(input.Holders[0]))
            {
                return new(input.Holders[0], "Terminated", null);
            }

            while (!HolderIsRead.Task.IsCompleted)
            {
                context.Heartbeat();
                await Task.Delay(TimeSpan.FromMilliseconds(50), context.CancellationToken);
            }

            return new(input.Holders[0], "Terminated", []);
        }
    }
}
