using System.Diagnostics;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>One change at a time, whatever becomes of the one that has the lock; on real servers.</summary>
[Trait("Category", "Lab")]
[Collection(LockLab.Collection)]
public sealed class ClusterGuardTests(LockLab lab) : BoundedTest
{
    [LabFact]
    public async Task TwoRuns_OfTheSameObject_TheSecondWaitsAndGetsAGreaterToken()
    {
        ChangeTarget target = await lab.NewTargetAsync(Limit);
        string guard = lab.GuardOf(target);
        WorkflowHandle first = await lab.StartAsync(target, "CHG-20261121-AAAAAA");
        await LockLab.WaitForAsync(first, ChangeState.Running, Limit);
        WorkflowHandle second = await lab.StartAsync(target, "CHG-20261121-BBBBBB");
        ChangeStatus queued = await WaitForSentenceAsync(second, "held by CHG-20261121-AAAAAA (Touch, asked by unverified:alice) since");

        Assert.Equal(ChangeState.Queued, queued.State);
        Assert.Equal(("CHG-20261121-AAAAAA", $"{GuardId.Short(guard)}=1"), await WrittenOnceAsync(target, "CHG-20261121-AAAAAA"));
        await first.SignalAsync("go-on", []);
        Assert.Equal(ChangeState.Succeeded, (await first.GetResultAsync<ChangeOutcome>()).State);

        await LockLab.WaitForAsync(second, ChangeState.Running, Limit);
        Assert.Equal(("CHG-20261121-BBBBBB", $"{GuardId.Short(guard)}=2"), await WrittenOnceAsync(target, "CHG-20261121-BBBBBB"));
        await second.SignalAsync("go-on", []);
        Assert.Equal(ChangeState.Succeeded, (await second.GetResultAsync<ChangeOutcome>()).State);
        Assert.Equal(GuardCondition.Free, (await StatusAsync(guard)).Condition);
        Assert.Equal("2", await EpochAsync(guard));
    }

    [LabFact]
    public async Task TwoRuns_OfDifferentObjectsOfACluster_DoNotWaitForEachOther()
    {
        ChangeTarget here = await lab.NewTargetAsync(Limit);
        ChangeTarget there = await lab.NewTargetAsync(Limit);
        WorkflowHandle first = await lab.StartAsync(here, "CHG-20261121-AAAAAA");
        WorkflowHandle second = await lab.StartAsync(there, "CHG-20261121-BBBBBB");

        await LockLab.WaitForAsync(first, ChangeState.Running, Limit);
        await LockLab.WaitForAsync(second, ChangeState.Running, Limit);
        Assert.True((await StatusAsync(GuardId.OfCluster(lab.ClusterUid))).Holders.Count >= 2);
        await first.SignalAsync("go-on", []);
        await second.SignalAsync("go-on", []);
        await first.GetResultAsync<ChangeOutcome>();
        await second.GetResultAsync<ChangeOutcome>();
    }

    [LabFact]
    public async Task Holder_Terminated_FreesTheLockWithin60Seconds()
    {
        ChangeTarget target = await lab.NewTargetAsync(Limit);
        WorkflowHandle first = await lab.StartAsync(target, "CHG-20261121-AAAAAA", OnFailure.Leave);
        await LockLab.WaitForAsync(first, ChangeState.Running, Limit);
        await WrittenOnceAsync(target, "CHG-20261121-AAAAAA");
        WorkflowHandle second = await lab.StartAsync(target, "CHG-20261121-BBBBBB", OnFailure.Leave);
        await WaitForSentenceAsync(second, "held by ");

        Stopwatch time = Stopwatch.StartNew();
        await first.TerminateAsync("killed by a test");
        ChangeStatus status = await WaitForStepAsync(second, "touch");
        time.Stop();

        // Its object is not as it planned: the first never put it back.
        Assert.Equal(StepState.Failed, status.Steps[0].State);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(60), $"It took {time.Elapsed}.");
    }

    [LabFact]
    public async Task Holder_TerminatedWithAnOpenJournal_KeepsTheLockUntilTwoPeopleBreakIt()
    {
        ChangeTarget target = await lab.NewTargetAsync(Limit);
        string guard = lab.GuardOf(target);
        WorkflowHandle first = await lab.StartAsync(target, "CHG-20261121-AAAAAA");
        await LockLab.WaitForAsync(first, ChangeState.Running, Limit);
        await WrittenOnceAsync(target, "CHG-20261121-AAAAAA");
        await first.TerminateAsync("killed by a test");
        GuardStatus orphaned = await WaitForGuardAsync(guard, GuardCondition.Orphaned);

        Assert.Equal(["touch: empties it"], orphaned.Holders.Single().Orphan!.OpenEntries);
        Assert.Equal(BreakRefusals.ActorLacksRole, await RefusedAsync(guard, LockNames.BreakUpdate, "alice"));
        await BreakAsync(guard, LockNames.BreakUpdate, "carol");
        Assert.Equal(BreakRefusals.SamePerson, await RefusedAsync(guard, LockNames.ConfirmBreakUpdate, "carol"));
        GuardStatus broken = await BreakAsync(guard, LockNames.ConfirmBreakUpdate, "dana");

        Assert.Equal(GuardCondition.Quarantined, broken.Condition);
        Assert.Equal(2, broken.Epoch);
        Assert.Equal("CHG-20261121-AAAAAA", Assert.Single(broken.LastBreak!.Holders).ChangeId);
        Assert.Equal("2", await EpochAsync(guard));
    }

    [LabFact]
    public async Task Holder_ThatLivesAndWhoseLockIsBroken_TouchesNothingMore()
    {
        ChangeTarget target = await lab.NewTargetAsync(Limit);
        string guard = lab.GuardOf(target);
        WorkflowHandle run = await lab.StartAsync(target, "CHG-20261121-AAAAAA");
        await LockLab.WaitForAsync(run, ChangeState.Running, Limit);
        await WrittenOnceAsync(target, "CHG-20261121-AAAAAA");
        await BreakAsync(guard, LockNames.BreakUpdate, "carol");
        await BreakAsync(guard, LockNames.ConfirmBreakUpdate, "dana");

        ChangeOutcome outcome = await run.GetResultAsync<ChangeOutcome>();

        Assert.Equal(ChangeState.Fenced, outcome.State);
        Assert.Equal(ReasonCodes.Fenced, outcome.Status.Failure!.Code);
        Assert.Contains("was broken by unverified:carol, confirmed by unverified:dana", outcome.Status.Sentence, StringComparison.Ordinal);
        Assert.Equal("CHG-20261121-AAAAAA", (await lab.WrittenAsync(target, Limit)).By);
    }

    private static BreakLock Ask(string who) => new($"unverified:{who}", "the holder hangs");

    private static async Task<ChangeStatus> PollAsync(
        WorkflowHandle run, Func<ChangeStatus, bool> isReached, CancellationToken cancellationToken)
    {
        while (true)
        {
            ChangeStatus status = await run.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
            if (isReached(status))
            {
                return status;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    private Task<ChangeStatus> WaitForSentenceAsync(WorkflowHandle run, string part) =>
        PollAsync(run, status => status.Sentence.Contains(part, StringComparison.Ordinal), Limit);

    private Task<ChangeStatus> WaitForStepAsync(WorkflowHandle run, string step) =>
        PollAsync(run, status => status.Steps.Any(row => row.Name == step && row.State is StepState.Done or StepState.Failed), Limit);

    private async Task<(string? By, string? Mark)> WrittenOnceAsync(ChangeTarget target, string by)
    {
        while (true)
        {
            (string? By, string? Mark) written = await lab.WrittenAsync(target, Limit);
            if (written.By == by)
            {
                return written;
            }

            await Task.Delay(100, Limit);
        }
    }

    private async Task<GuardStatus> WaitForGuardAsync(string guard, GuardCondition condition)
    {
        while (true)
        {
            GuardStatus status = await StatusAsync(guard);
            if (status.Condition == condition)
            {
                return status;
            }

            await Task.Delay(200, Limit);
        }
    }

    private Task<GuardStatus> StatusAsync(string guard) =>
        lab.Client.GetWorkflowHandle(guard).QueryAsync<GuardStatus>(ChangeNames.StatusQuery, []);

    private Task<GuardStatus> BreakAsync(string guard, string update, string who) =>
        lab.Client.GetWorkflowHandle(guard).ExecuteUpdateAsync<GuardStatus>(update, [Ask(who)]);

    private async Task<string?> RefusedAsync(string guard, string update, string who) => Assert.IsType<ApplicationFailureException>(
        (await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => BreakAsync(guard, update, who))).InnerException).ErrorType;

    private async Task<string?> EpochAsync(string guard) => (string?)(await lab.Admin.GetAsync(
        ResourceType.Leases,
        GuardId.FenceNamespace,
        GuardId.LeaseName(guard),
        Limit))["metadata"]!["annotations"]![GuardId.EpochAnnotation];
}
