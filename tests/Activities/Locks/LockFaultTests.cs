using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Locks;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>Asking and watching that meet a lost worker, on real servers.</summary>
[Trait("Category", "Lab")]
[Collection(LockLab.Collection)]
public sealed class LockFaultTests(LockLab lab) : BoundedTest
{
    [LabFact]
    public async Task AcquireLocks_TriedAgainWhileTheGuardWritesItsToken_AsksOnce()
    {
        string queue = $"slow-{Guid.NewGuid():N}";
        string guard = $"cluster/lab/{queue}";
        SlowFence fence = new();
        using TemporalWorker worker = new(
            lab.Client,
            new TemporalWorkerOptions(queue).AddWorkflow<ClusterGuardWorkflow>().AddAllActivities(fence));
        LockActivities locks = lab.Services.GetRequiredService<LockActivities>();
        AcquireLocksInput ask = new(
            new LockHolder("touch/lab/x/CHG-1", "run-1", "CHG-1", TouchWorkflow.Type, "unverified:alice"),
            [new LockPlace(new ChangeTarget("lab", "x"), lab.ClusterUid)],
            [new LockNeed(guard, LockMode.Exclusive)],
            LockPriority.Normal,
            TimeSpan.FromMinutes(1));

        await worker.ExecuteAsync(async () =>
        {
            using CancellationTokenSource lost = new();
            Task<AcquiredLocks> first = Activity(queue, lost.Token).RunAsync(() => locks.AcquireLocksAsync(ask));
            await fence.Asked.Task.WaitAsync(Limit);
            await lost.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => first);
            Task<AcquiredLocks> again = Activity(queue, Limit).RunAsync(() => locks.AcquireLocksAsync(ask));
            fence.MayGoOn.SetResult();
            Assert.Null((await again).QueuedAt);
        });

        IReadOnlyCollection<Temporalio.Api.History.V1.HistoryEvent> events =
            (await lab.Client.GetWorkflowHandle(guard).FetchHistoryAsync()).Events;
        Assert.Single(events, e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
    }

    [LabFact]
    public async Task HolderWatch_QueryTimesOutAndAnswersLater_ReadsTheJournalThen()
    {
        string queue = $"holder-{Guid.NewGuid():N}";
        WorkflowHandle run = await lab.Client.StartWorkflowAsync(OpenEndWorkflow.Type, [], new WorkflowOptions(queue, queue));
        using (TemporalWorker before = Worker(queue))
        {
            await before.ExecuteAsync(() => run.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []));
        }

        await run.TerminateAsync("killed by a test");
        LockHolder holder = new(run.Id, run.FirstExecutionRunId!, "CHG-1", OpenEndWorkflow.Type, "unverified:alice");
        HolderWatch watch = new(new Waits(TimeProvider.System));

        EndedHolder unread = await watch.UntilOneEndsAsync(lab.Client, new([holder]), () => { }, Limit);
        Assert.Null(unread.OpenEntries);
        Assert.Equal("Terminated", unread.Ended);
        int rounds = 0;
        TaskCompletionSource timedOutAgain = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<EndedHolder> later = watch.UntilOneEndsAsync(
            lab.Client,
            new([holder]) { KnownToHaveEnded = [holder] },
            () =>
            {
                if (++rounds == 2)
                {
                    timedOutAgain.SetResult();
                }
            },
            Limit);
        Assert.Same(timedOutAgain.Task, await Task.WhenAny(timedOutAgain.Task, later));
        using TemporalWorker after = Worker(queue);
        EndedHolder read = await after.ExecuteAsync(() => later);

        Assert.Equal(["one: takes one back"], read.OpenEntries);
    }

    private TemporalWorker Worker(string queue) => new(lab.Client, new TemporalWorkerOptions(queue).AddWorkflow<OpenEndWorkflow>());

    private ActivityEnvironment Activity(string queue, CancellationToken cancellationToken)
    {
        ActivityEnvironment environment = new()
        {
            TemporalClient = lab.Client,
            Info = ActivityEnvironment.DefaultInfo with { TaskQueue = queue, ActivityId = "7", WorkflowRunId = "run-1" },
        };
        cancellationToken.Register(() => environment.Cancel());
        return environment;
    }

    private sealed class SlowFence
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayGoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity("RaiseFence")]
        public async Task<RaisedFence> IssueAsync(RaiseFenceInput input)
        {
            Asked.TrySetResult();
            await MayGoOn.Task;
            return new(input.Above + 1);
        }
    }
}
