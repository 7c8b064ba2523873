using Orchestrator.Activities;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>A guard whose fences fail and whose holders cannot be read.</summary>
public abstract class GuardFaultRunTests(RunServer server) : RunTests(server)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [RunFact]
    public async Task Acquire_AskedTwiceByOneHolder_BothLearnThatTheFenceFailed()
    {
        string name = $"cluster/lab/{Guid.NewGuid():N}";
        Locks locks = new(Server.Waits) { FenceFails = true };
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

    [RunFact]
    public async Task Holder_ThatEndedAndCouldNotBeReadAtFirst_LosesTheLockOnceItCanBe()
    {
        string name = $"cluster/lab/{Guid.NewGuid():N}";
        Locks locks = new(Server.Waits);
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

    private static Task<WorkflowUpdateHandle<LockAnswer>> AcceptedAsync(WorkflowHandle<ClusterGuardWorkflow> guard, LockRequest request) =>
        guard.StartUpdateAsync(w => w.AcquireAsync(request), new(WorkflowUpdateStage.Accepted));

    private static LockRequest Request(string guard) => new(
        new LockHolder($"holder-of/{guard}", Guid.NewGuid().ToString(), "CHG-1", HolderWorkflow.Type, "unverified:alice"),
        [new LockPlace(new ChangeTarget("lab", "confluent"), "cluster-uid")],
        LockMode.Exclusive,
        LockPriority.Normal,
        TimeSpan.FromMinutes(1));

    private async Task<GuardStatus> WaitForAsync(WorkflowHandle<ClusterGuardWorkflow> guard, GuardCondition condition)
    {
        GuardStatus? status = null;
        await Server.UntilAsync(async () => (status = await guard.QueryAsync(w => w.Status())).Condition == condition);
        return status!;
    }

    private Task<WorkflowHandle<ClusterGuardWorkflow>> StartAsync(string guard) =>
        Server.Client.StartWorkflowAsync(
            (ClusterGuardWorkflow w) => w.RunAsync(DataConverter.Default.PayloadConverter.ToRawValue(new GuardInput(guard))),
            new(guard, guard));

    private TemporalWorker Worker(string queue, Locks locks) => new(
        Server.Client,
        Server.WorkerOptions(queue).AddWorkflow<ClusterGuardWorkflow>().AddAllActivities(locks));

    private sealed class Locks(Waits waits) : ILockActivities
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
                await waits.For(TimeSpan.FromSeconds(10), context.CancellationToken);
            }

            return new(input.Holders[0], "Terminated", []);
        }
    }

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : GuardFaultRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : GuardFaultRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : GuardFaultRunTests(lab);
}
