using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Tests.Confluent;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What a change asks and refuses before it touches anything, in a scripted cluster.</summary>
public abstract class ApprovalRunTests(RunServer server) : RunTests(server)
{
    private readonly ScriptedWorld _world = new(server) { Policy = ScriptedWorld.Asking(teamLeads: 1) };

    private RollRun Run => field ??= new RollRun(Server, _world);

    [RunFact]
    public async Task Change_Approved_Runs()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
            Assert.Empty(_world.Effects);
            await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob"));
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal("Approved by unverified:bob (team-lead).", result.Change.Status.Approval!.Sentence);
        Assert.Single(_world.Effects);
    }

    [RunFact]
    public async Task Change_WorldMovedAfterTheApproval_AsksAgainForTheNewPlan()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus first = await Run.WaitForRoundAsync(handle, 1);
            ConfluentClusterSnapshot moved = _world.Cluster with
            {
                Kafka = WholeConfluent.Kafka with { Generation = 9, ObservedGeneration = 9 },
            };
            _world.Cluster = moved;
            await Run.VoteAsync(first.ApprovalWorkflowId!, new Vote(first.PlanHash!, VoteDecision.Approve, "unverified:bob"));

            ChangeStatus second = await Run.WaitForRoundAsync(handle, 2);
            Assert.NotEqual(first.PlanHash, second.PlanHash);
            Assert.Null(second.Approval);
            Assert.Equal(
                [new Refusal(ReasonCodes.PlanChanged, RefusalSeverity.Warn,
                    "kafkas.platform.confluent.io confluent/kafka metadata.generation was 4 and is now 9.")],
                second.Refusals);
            WorkflowUpdateFailedException refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => Run.VoteAsync(second.ApprovalWorkflowId!, new Vote(first.PlanHash!, VoteDecision.Approve, "unverified:carol")));
            Assert.Equal(VoteRefusals.PlanHashMismatch, Assert.IsType<ApplicationFailureException>(refused.InnerException).ErrorType);
            Assert.Empty(_world.Effects);
            await Run.VoteAsync(second.ApprovalWorkflowId!, new Vote(second.PlanHash!, VoteDecision.Approve, "unverified:carol"));
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal("Approved by unverified:carol (team-lead).", result.Change.Status.Approval!.Sentence);
    }

    [RunFact]
    public async Task Change_CancelledWhileItWaits_IsWithdrawnAndTouchesNothing()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await Run.WaitForRoundAsync(handle, 1);
            await handle.CancelAsync();
        });

        Assert.Equal(ChangeState.Withdrawn, result.Change.State);
        Assert.Empty(_world.Effects);
    }

    [RunFact]
    public async Task Change_TooFewPeople_IsRefusedAtOnce()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 3);

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal(ChangeState.Refused, result.Change.State);
        Assert.Equal(ReasonCodes.QuorumImpossible, Assert.Single(result.Change.Status.Refusals).Code);
    }

    [RunFact]
    public async Task Change_NothingFilledIn_IsRefusedWithASentence()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(new { });

        Assert.Equal(ChangeState.Refused, result.Change.State);
        Refusal refusal = Assert.Single(result.Change.Status.Refusals);
        Assert.Equal(ReasonCodes.InputInvalid, refusal.Code);
        Assert.StartsWith("Target.Context '' is not a valid cluster name", refusal.Sentence, StringComparison.Ordinal);
    }

    [RunFact]
    public async Task Change_AnotherPlanThanExpected_IsRefused()
    {
        RollKafkaClusterResult result =
            await Run.ExecuteAsync(RollRun.Input with { Change = RollRun.Input.Change with { ExpectedPlanHash = "other" } });

        Assert.Equal(ChangeState.Refused, result.Change.State);
        Assert.Equal(ReasonCodes.PlanChanged, Assert.Single(result.Change.Status.Refusals).Code);
        Assert.Empty(_world.Effects);
    }

    [RunFact]
    public async Task Change_PlanOnly_AsksNobodyAndTouchesNothing()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { Change = new ChangeRequest() });

        Assert.Equal(ChangeState.Planned, result.Change.State);
        Assert.Null(result.Change.Status.ApprovalWorkflowId);
        Assert.Empty(_world.Effects);
    }

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : ApprovalRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : ApprovalRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : ApprovalRunTests(lab);
}
