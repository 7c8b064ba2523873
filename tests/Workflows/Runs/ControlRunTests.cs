using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What people do to a run that waits, and what it does when nobody does anything.</summary>
public abstract class ControlRunTests(RunServer server) : RunTests(server)
{
    private const string Why = "checked by hand, nothing to do there";
    private static readonly ChangeRequest Asks = RollRun.Input.Change with { OnFailure = OnFailure.Ask };
    private readonly ScriptedWorld _world = new(server);

    private RollRun Run => field ??= new RollRun(Server, _world);

    private static SampleInput Input { get; } = new(new ChangeTarget("lab"), RollRun.Input.Change);

    [RunFact]
    public async Task Run_NobodyDecidesInTheTimeOfItsTier_StaysAndSaysWhoMust()
    {
        TimeSpan limit = Server.Minutes(15);
        _world.Policy = WithTiers(tier => tier with { PauseLimit = limit });

        ChangeOutcome outcome = await RunAsync(Input with { Pauses = true }, async handle =>
        {
            await Run.WaitForStepAsync(handle, "two");
            await RollRun.ControlAsync(handle, ControlNames.Pause, "alice");
            ChangeStatus overdue =
                await Run.WaitForAsync(handle, status => status.Sentence.Contains("Nobody has decided", StringComparison.Ordinal));
            Assert.Equal(
                $"Paused by alice. Controls: resume, abort. Nobody has decided for {limit.TotalMinutes:0.#} min, the limit of tier T2. "
                    + "Waits for a decision by on-call-primary (nobody has that role), then team-lead (bob, carol).",
                overdue.Sentence);
            Assert.Equal(ChangeState.Paused, overdue.State);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Contains(AuditTypes.Overdue, _world.Evidence!.Events.Select(audit => audit.Type));
    }

    [RunTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_PausedWhileItWaitsForVotes_StandsStillBeforeItsFirstStepUnlessThatIsTakenBack(bool isTakenBack)
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 1);
        ChangeOutcome outcome = await RunAsync(Input, async handle =>
        {
            ChangeStatus waiting = await Run.WaitForRoundAsync(handle, 1);
            ControlAnswer answer = await RollRun.ControlAsync(handle, ControlNames.Pause, "alice");
            Assert.Equal("Pauses before its first step, for alice.", answer.Sentence);
            if (isTakenBack)
            {
                answer = await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
                Assert.Equal("Does not pause, for alice.", answer.Sentence);
            }

            await Run.VoteAsync(waiting.ApprovalWorkflowId!, new Vote(waiting.PlanHash!, VoteDecision.Approve, "unverified:bob"));
            if (!isTakenBack)
            {
                await Run.WaitForAsync(handle, ChangeState.Paused);
                Assert.Empty(_world.Effects);
                await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
            }
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal(4, _world.Effects.Count);
    }

    [RunFact]
    public async Task Run_BrokenInItsSoak_IsUndone()
    {
        _world.Policy = WithTiers(tier => tier with { SoakFor = Server.Minutes(5) });

        ChangeOutcome outcome = await RunAsync(Input with { FailsAt = "validate", Spares = 1 });

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal(8, _world.Effects.Count);
    }

    [RunFact]
    public async Task Plan_ThatTakesLongerToPutBackThanItsTierAllows_IsRefused()
    {
        _world.Policy = WithTiers(tier => tier with { UndoWithin = TimeSpan.FromMinutes(15) });

        ChangeOutcome outcome = await RunAsync(Input with { UndoTakes = TimeSpan.FromMinutes(20) });

        Assert.Equal(ChangeState.Refused, outcome.State);
        Assert.Equal(ReasonCodes.RollbackSlaUnreachable, Assert.Single(outcome.Status.Refusals).Code);
        Assert.Empty(_world.Effects);
    }

    [RunTheory]
    [InlineData(ControlNames.RetryStep)]
    [InlineData(ControlNames.Abort)]
    public async Task Checks_ThatFailAtTheEndOfARunThatAsks_WaitForAPerson(string control)
    {
        ChangeOutcome outcome = await RunAsync(Input with { Change = Asks, FailsAt = "validate" }, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(new ChangeFailure("validate", "BROKEN", "The final checks failed: validate is broken."), status.Failure);
            Assert.Equal("The final checks failed: validate is broken. Controls: resume, retry-step, abort, accept-as-is.",
                status.Sentence);
            await RollRun.ControlAsync(handle, control, "alice");
        });

        Assert.Equal(control == ControlNames.Abort ? ChangeState.Undone : ChangeState.Succeeded, outcome.State);
        Assert.Equal(control == ControlNames.Abort ? 8 : 4, _world.Effects.Count);
    }

    [RunFact]
    public async Task FailedStep_LeftOutByATeamLead_IsSkippedOnceItsCheckPasses()
    {
        SampleInput input = Input with { Change = Asks, FailsAt = "three", SkipsThird = "it is half done." };
        ChangeOutcome outcome = await RunAsync(input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            await SkipAsync(handle, "three");
            ChangeStatus again =
                await Run.WaitForAsync(handle, status => status.Sentence.Contains("half done", StringComparison.Ordinal));
            Assert.Equal("Step three cannot be skipped: it is half done. Controls: resume, retry-step, abort, accept-as-is, skip-step.",
                again.Sentence);
            await SkipAsync(handle, "three");
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal(["Done", "Done", "Skipped", "Done"], outcome.Status.Steps.Select(step => $"{step.State}"));
        Assert.Equal($"Skipped by bob: {Why}", outcome.Status.Steps[2].Detail);
    }

    [RunFact]
    public async Task FailedStep_ThatTheProcedureNeeds_CannotBeLeftOut() => await RunAsync(
        Input with { Change = Asks, FailsAt = "three" }, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            WorkflowUpdateFailedException refused =
                await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SkipAsync(handle, "three"));
            Assert.Equal(ControlRefusals.StepNotSkippable, Assert.IsType<ApplicationFailureException>(refused.InnerException).ErrorType);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

    [RunFact]
    public async Task CoolDown_CutShort_GoesOnAtOnce()
    {
        string step = RollNames.CooldownStep(RollComponent.Brokers);
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { Cooldown = TimeSpan.FromHours(1) }, async handle =>
        {
            await Run.WaitForAsync(handle, status => status.Steps.Any(row => row.Name == step && row.State == StepState.Running));
            await SkipAsync(handle, step);
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal($"bob cut short the wait of 3600 s: {Why}", result.Change.Status.Steps.Single(row => row.Name == step).Detail);
    }

    [RunFact]
    public async Task Vote_TakenBackBeforeTheStart_IsAskedForAgain()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 1);
        SampleInput later = Input with { Change = Input.Change with { NotBefore = Server.Now.AddHours(1) } };

        ChangeOutcome outcome = await RunAsync(later, async handle =>
        {
            ChangeStatus first = await Run.WaitForRoundAsync(handle, 1);
            await Run.VoteAsync(first.ApprovalWorkflowId!, new Vote(first.PlanHash!, VoteDecision.Approve, "unverified:bob"));
            await Run.WaitForAsync(handle, ChangeState.Scheduled);
            await RollRun.ControlAsync(handle, ControlNames.Revoke, "bob", "not tonight");
            ChangeStatus second = await Run.WaitForRoundAsync(handle, 2);
            Assert.Equal([new Refusal(ReasonCodes.ApprovalRevoked, RefusalSeverity.Warn, "bob revoked their vote: not tonight.")],
                second.Refusals);
            await RollRun.ControlAsync(handle, ControlNames.Withdraw, "alice");
        });

        Assert.Equal(ChangeState.Withdrawn, outcome.State);
        Assert.Contains(AuditTypes.VoteRevoked, _world.Evidence!.Events.Select(audit => audit.Type));
        Assert.Empty(_world.Effects);
    }

    [RunFact]
    public async Task Vote_TakenBackWhileOthersAreWaitedFor_OpensItsPlace()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 2);

        ChangeOutcome outcome = await RunAsync(Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
            await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob"));
            ApprovalStatus open = await RevokeAsync(status, "unverified:bob");
            Assert.Equal((2, "bob"), (Assert.Single(open.Open).Count, Actor.Subject(Assert.Single(open.Revoked).Voter)));
            WorkflowUpdateFailedException refused =
                await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => RevokeAsync(status, "unverified:bob"));
            Assert.Equal(VoteRefusals.VoterHasNotVoted, Assert.IsType<ApplicationFailureException>(refused.InnerException).ErrorType);
            await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:carol"));
            await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob"));
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
    }

    [RunFact]
    public async Task Run_ThatParks_LetsOthersHaveItsLocksMeanwhile()
    {
        ChangeOutcome outcome = await RunAsync(Input with { Parks = Server.Minutes(3) }, async handle =>
        {
            ChangeStatus parked = await Run.WaitForAsync(handle, ChangeState.Parked);
            Assert.StartsWith("The old key must expire. Waits until ", parked.Sentence, StringComparison.Ordinal);
            Assert.Equal("give back cluster/cluster-uid/confluent", _world.Locks[^1]);
            Assert.Equal(2, _world.Effects.Count);
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal(4, _world.Effects.Count);
        Assert.Equal(["take", "take", "give", "give", "take", "take", "give", "give"], _world.Locks.Select(row => row.Split(' ')[0]));
    }

    [RunFact]
    public async Task Run_AbortedWhileItParks_HasItsLocksBackBeforeItUndoes()
    {
        int locksAtUndo = 0;
        ChangeOutcome outcome = await RunAsync(Input with { Parks = TimeSpan.FromHours(2) }, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Parked);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
            await Run.WaitForAsync(handle, _ => _world.Effects.Count > 2);
            locksAtUndo = _world.Locks.Count(row => row.StartsWith("take", StringComparison.Ordinal));
        });

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal((4, 4), (locksAtUndo, _world.Effects.Count));
    }

    private static ChangePolicy WithTiers(Func<TierPolicy, TierPolicy> change) =>
        ScriptedWorld.Asking() with { Tiers = [.. ScriptedWorld.Asking().Tiers.Select(change)] };

    private static Task SkipAsync(WorkflowHandle handle, string step) =>
        handle.ExecuteUpdateAsync<ControlAnswer>(ControlNames.SkipStep, [new ControlRequest("unverified:bob", Why) { Step = step }]);

    private Task<ApprovalStatus> RevokeAsync(ChangeStatus status, string who) => Server.Client.GetWorkflowHandle(status.ApprovalWorkflowId!)
        .ExecuteUpdateAsync<ApprovalStatus>(ChangeNames.RevokeUpdate, [new RevokedVote(status.PlanHash!, who, "saw it again")]);

    private Task<ChangeOutcome> RunAsync(SampleInput input, Func<WorkflowHandle, Task>? meanwhile = null) =>
        Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, input, meanwhile);

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : ControlRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : ControlRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : ControlRunTests(lab);
}
