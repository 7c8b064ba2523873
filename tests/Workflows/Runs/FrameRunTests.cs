using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>Steps, undo, controls and evidence of the frame, with a procedure of four steps.</summary>
public abstract class FrameRunTests(RunServer server) : RunTests(server)
{
    private static readonly string[] AllDone = ["one →", "two →", "three →", "four →"];
    private readonly ScriptedWorld _world = new(server);

    private RollRun Run => field ??= new RollRun(Server, _world);

    private static SampleInput Input { get; } = new(new ChangeTarget("lab"), RollRun.Input.Change);

    /// <summary>What <c>one: trigger (absent) → done</c> comes to: done, or taken back.</summary>
    private List<string> Effects => [.. _world.Effects
        .Select(effect => effect.EndsWith("→ done", StringComparison.Ordinal) ? $"{effect.Split(':')[0]} →" : $"← {effect.Split(':')[0]}")];

    [RunFact]
    public async Task Run_WithoutTrouble_TakesEveryStepOnceAndKeepsItsEvidence()
    {
        ChangeOutcome outcome = await RunAsync(Input);

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal(AllDone, Effects);
        Assert.Equal($"/evidence/{outcome.Status.ChangeId}", outcome.Status.Evidence!.Location);
        WriteEvidenceInput evidence = _world.Evidence!;
        Assert.Empty(AuditChain.Verify(evidence.Events));
        Assert.Superset(
            new HashSet<string> { "input.json", "policy.json", "prechecks.json", "plan.json", "plan.sha256", "replan.json", "steps.json",
                "journal.json", "status.json", "summary.md" },
            evidence.Documents.Select(document => document.Path).ToHashSet());
        Assert.Equal(
            [AuditTypes.Submitted, AuditTypes.Precheck, AuditTypes.Planned, AuditTypes.LockRequested, AuditTypes.LockGranted,
                AuditTypes.Replan, AuditTypes.StepStarted],
            evidence.Events.Select(audit => audit.Type)
                .Where(type => type is not (AuditTypes.Moved or AuditTypes.UndoPushed)).Distinct().Take(7));
        Assert.Equal(AuditTypes.Closed, evidence.Events[^1].Type);
    }

    [RunFact]
    public async Task Step_Fails_UndoesNewestFirstWhatWasTouched()
    {
        ChangeOutcome outcome = await RunAsync(Input with { FailsAt = "three" });

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal(["one →", "two →", "three →", "← three", "← two", "← one"], Effects);
        Assert.Equal(new ChangeFailure("three", "BROKEN", "three is broken."), outcome.Status.Failure);
    }

    [RunFact]
    public async Task Undo_Fails_GoesOnWithTheOthersAndNamesIt()
    {
        ChangeOutcome outcome = await RunAsync(
            Input with { FailsAt = "undo-two", Times = 100, Change = Input.Change with { OnFailure = OnFailure.Undo } }, "four");

        Assert.Equal(ChangeState.UndoIncomplete, outcome.State);
        Assert.Equal(
            ["one Undone", "two UndoFailed", "three Undone"], outcome.Status.Journal.Take(3)
                .Select(entry => $"{entry.Step} {entry.State}"));
    }

    [RunFact]
    public async Task Validation_Fails_UndoesAll()
    {
        ChangeOutcome outcome = await RunAsync(Input with { FailsAt = "validate" });

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal("validate", outcome.Status.Failure!.Step);
        Assert.Equal([.. AllDone, "← four", "← three", "← two", "← one"], Effects);
    }

    [RunFact]
    public async Task PointOfNoReturn_Passed_IsNotUndoneAndNothingBeforeIt()
    {
        ChangeOutcome outcome = await RunAsync(Input with { Third = StepKind.PointOfNoReturn, FailsAt = "four" });

        Assert.Equal(ChangeState.LeftAsIs, outcome.State);
        Assert.Equal([.. AllDone, "← four"], Effects);
        Assert.Equal(["Sealed", "Sealed", "Sealed", "Undone"], outcome.Status.Journal.Select(entry => $"{entry.State}"));
    }

    [RunFact]
    public async Task PointOfNoReturn_WhoseAnswerIsLost_CountsAsDone()
    {
        ChangeOutcome outcome = await RunAsync(Input with { Third = StepKind.PointOfNoReturn, FailsAt = "three" });

        Assert.Equal(ChangeState.LeftAsIs, outcome.State);
        Assert.Equal(["one →", "two →", "three →"], Effects);
        Assert.Equal(["Sealed", "Sealed", "UndoSkipped"], outcome.Status.Journal.Select(entry => $"{entry.State}"));
        Assert.Equal(
            "three is broken. The changes of one, two stay as they are. "
                + "three may have happened: its answer is not known, and its changes stay.",
            outcome.Status.Sentence);
    }

    [RunTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replan_ThatChangedWhereNobodyVotes_RunsOnlyWhereNoPlanWasNamed(bool isNamed)
    {
        RollRun first = new(Server, new ScriptedWorld(Server));
        ChangeOutcome planned = await first.ExecuteAsync<ChangeOutcome>(
            SampleWorkflow.Type, Input with { Replans = true, Change = Input.Change with { Mode = ChangeMode.Plan } });
        string hash = planned.Status.PlanHash!;

        ChangeOutcome outcome = await RunAsync(
            Input with { Replans = true, Change = Input.Change with { ExpectedPlanHash = isNamed ? hash : null } });

        Assert.NotEqual(hash, outcome.Status.PlanHash);
        Assert.Equal(isNamed ? ChangeState.Refused : ChangeState.Succeeded, outcome.State);
        Assert.Equal(isNamed ? [] : AllDone, Effects);
        Dictionary<string, string> documents = _world.Evidence!.Documents
            .ToDictionary(document => document.Path, document => document.Written());
        Assert.Equal((outcome.Status.PlanHash, hash), (documents["plan.sha256"].Trim(), documents["plan-before.sha256"].Trim()));
        Assert.Contains("\"uno\"", documents["plan.json"], StringComparison.Ordinal);
    }

    [RunFact]
    public async Task PointOfNoReturn_SecondApprovalRejected_EndsBeforeItAndUndoes()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 1);

        ChangeOutcome outcome = await RunAsync(Input with { Third = StepKind.PointOfNoReturn }, null, async handle =>
        {
            ChangeStatus first = await Run.WaitForRoundAsync(handle, 1);
            await Run.VoteAsync(first.ApprovalWorkflowId!, new Vote(first.PlanHash!, VoteDecision.Approve, "unverified:bob"));
            ChangeStatus second = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.EndsWith("/approval/2", second.ApprovalWorkflowId, StringComparison.Ordinal);
            Assert.Equal(["one →", "two →"], Effects);
            await Run.VoteAsync(second.ApprovalWorkflowId!,
                new Vote(second.PlanHash!, VoteDecision.Reject, "unverified:bob", "soak shows errors"));
        });

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal(["one →", "two →", "← two", "← one"], Effects);
    }

    [RunFact]
    public async Task Failure_ToBeAsked_WaitsForARetry()
    {
        SampleInput input = Input with { FailsAt = "three", Change = Input.Change with { OnFailure = OnFailure.Ask } };
        ChangeOutcome outcome = await RunAsync(input, null, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal("Step three failed: three is broken. Controls: resume, retry-step, abort, accept-as-is.", status.Sentence);
            Assert.Equal(ControlRefusals.NotInThisState, await RefusedAsync(handle, ControlNames.Pause, "alice"));
            Assert.Equal(ControlRefusals.ActorLacksRole, await RefusedAsync(handle, ControlNames.RetryStep, "mallory"));
            Assert.Equal(ControlRefusals.ReasonRequired, await RefusedAsync(handle, ControlNames.AcceptAsIs, "bob"));
            await RollRun.ControlAsync(handle, ControlNames.RetryStep, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal(AllDone, Effects);
        Assert.Equal(2, _world.Evidence!.Events.Count(audit => audit is { Type: AuditTypes.StepStarted, Step: "three" }));
    }

    [RunTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_PausedInAStepAndAborted_UndoesWhatWasTouched(bool bySignal)
    {
        ChangeOutcome outcome = await RunAsync(Input with { Pauses = true }, null, async handle =>
        {
            await Run.WaitForStepAsync(handle, "two");
            await SteerAsync(handle, ControlNames.Pause, bySignal);
            ChangeStatus paused = await Run.WaitForAsync(handle, ChangeState.Paused);
            Assert.Equal("Paused by alice. Controls: resume, abort.", paused.Sentence);
            await SteerAsync(handle, ControlNames.Abort, bySignal);
        });

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal(new ChangeFailure("two", FailureCodes.Aborted, "Aborted by alice."), outcome.Status.Failure);
        Assert.Equal(["one →", "← one"], Effects);
    }

    [RunFact]
    public async Task Vote_BySignal_Counts()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 1);

        ChangeOutcome outcome = await RunAsync(Input, null, async handle =>
        {
            ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
            WorkflowHandle approval = Server.Client.GetWorkflowHandle(status.ApprovalWorkflowId!);
            await approval.SignalAsync(ChangeNames.VoteUpdate, [new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:alice")]);
            await approval.SignalAsync(ChangeNames.VoteUpdate, [new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob")]);
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.Equal("unverified:bob", outcome.Status.Approval!.Votes.Single().Voter);
    }

    [RunFact]
    public async Task Change_WithdrawnByTheRequester_TouchesNothing()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 1);

        ChangeOutcome outcome = await RunAsync(Input, null, async handle =>
        {
            await Run.WaitForRoundAsync(handle, 1);
            Assert.Equal(ControlRefusals.ActorLacksRole, await RefusedAsync(handle, ControlNames.Withdraw, "mallory"));
            await RollRun.ControlAsync(handle, ControlNames.Withdraw, "alice");
        });

        Assert.Equal(ChangeState.Withdrawn, outcome.State);
        Assert.Equal("Withdrawn by alice before it changed anything.", outcome.Status.Sentence);
        Assert.Empty(_world.Effects);
        Assert.NotNull(_world.Evidence);
    }

    [RunFact]
    public async Task Change_WithAStartTime_WaitsForItAndExpiresAfterItsDeadline()
    {
        DateTimeOffset now = Server.Now;
        ChangeOutcome late = await RunAsync(Input with { Change = Input.Change with { Deadline = now.AddSeconds(-1) } });
        Assert.Equal(ChangeState.Expired, late.State);
        Assert.Empty(_world.Effects);

        DateTimeOffset start = Server.Now + Server.Minutes(4);
        RollRun second = new(Server, _world);
        ChangeOutcome outcome = await second.ExecuteAsync<ChangeOutcome>(
            SampleWorkflow.Type,
            Input with { Change = Input.Change with { NotBefore = start } },
            handle => Run.WaitForAsync(handle, ChangeState.Scheduled));

        Assert.Equal(ChangeState.Succeeded, outcome.State);
        Assert.True(outcome.Status.Steps[0].StartedAt >= start);
    }

    private static Task SteerAsync(WorkflowHandle handle, string control, bool bySignal) => bySignal
        ? handle.SignalAsync(control, [new ControlRequest("unverified:alice")])
        : RollRun.ControlAsync(handle, control, "alice");

    private static async Task<string?> RefusedAsync(WorkflowHandle handle, string control, string who) =>
        Assert.IsType<ApplicationFailureException>((await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => RollRun.ControlAsync(handle, control, who))).InnerException).ErrorType;

    private Task<ChangeOutcome> RunAsync(SampleInput input, string? alsoFailsAt = null, Func<WorkflowHandle, Task>? meanwhile = null) =>
        Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, input with { AlsoFailsAt = alsoFailsAt }, meanwhile);

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : FrameRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : FrameRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : FrameRunTests(lab);
}
