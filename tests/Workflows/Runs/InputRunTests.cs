using System.Text;
using Google.Protobuf;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>Starts, votes and controls that are not what they should be: a reason each, and no task that fails.</summary>
public abstract class InputRunTests(RunServer server) : RunTests(server)
{
    private readonly ScriptedWorld _world = new(server) { Policy = ScriptedWorld.Asking(teamLeads: 1) };

    private RollRun Run => field ??= new RollRun(Server, _world);

    [RunTheory]
    [InlineData("null", "The input is null")]
    [InlineData("[]", "The input is a list")]
    [InlineData("\"hello\"", "The input is 'hello'")]
    [InlineData("{\"Name\":123,\"Target\":{\"Context\":\"lab\"}}", "Name is 123; it must be text.")]
    [InlineData("{\"Target\":{\"Context\":\"lab\"},\"Change\":{\"TierAtLeast\":\"T0\"}}", "Change.TierAtLeast is 'T0'")]
    [InlineData("{\"Target\":{\"Context\":\"lab\"},\"Colour\":1}", "Colour is unknown")]
    [InlineData("\uFEFF{}", "The input begins with a byte order mark")]
    public async Task Start_WithAnInputThatCannotBeRead_IsRefusedAndFailsNoTask(string json, string sentence)
    {
        foreach (string procedure in new[] { RollKafkaClusterWorkflow.Type, RestartKafkaBrokerWorkflow.Type })
        {
            RollRun run = new(Server, _world);
            IReadOnlyCollection<Temporalio.Api.History.V1.HistoryEvent> events = [];
            EndedRun ended = await run.ExecuteAsync<EndedRun>(procedure, Raw(json), async handle =>
            {
                await Server.ResultAsync<EndedRun>(handle);
                events = (await handle.FetchHistoryAsync()).Events;
            });

            Assert.Equal(ChangeState.Refused, ended.Change.State);
            Assert.Contains(
                ended.Change.Status.Refusals,
                refusal => refusal.Code == ReasonCodes.InputInvalid && refusal.Sentence.StartsWith(sentence, StringComparison.Ordinal));
            Assert.DoesNotContain(events, e => e.EventType == EventType.WorkflowTaskFailed);
        }
    }

    [RunFact]
    public async Task Votes_ThatCannotBeRead_AreRefusedAndChangeNothing()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
            WorkflowHandle approval = Server.Client.GetWorkflowHandle(status.ApprovalWorkflowId!);
            foreach (string json
                in new[] { "null", "[]", "{}", $$"""{"PlanHash":"{{status.PlanHash}}","Decision":null,"Actor":"unverified:bob"}""" })
            {
                Assert.Equal(
                    ReasonCodes.InputInvalid,
                    await RefusedAsync(() => approval.ExecuteUpdateAsync<ApprovalStatus>(ChangeNames.VoteUpdate, [Raw(json)])));
                Assert.Equal(
                    ReasonCodes.InputInvalid,
                    await RefusedAsync(() => approval.ExecuteUpdateAsync<ApprovalStatus>(ChangeNames.RevokeUpdate, [Raw(json)])));
                Assert.Equal(
                    ReasonCodes.InputInvalid,
                    await RefusedAsync(() => handle.ExecuteUpdateAsync<ControlAnswer>(ControlNames.Withdraw, [Raw(json)])));
                await approval.SignalAsync(ChangeNames.VoteUpdate, [Raw(json)]);
                await handle.SignalAsync(ControlNames.Withdraw, [Raw(json)]);
            }

            Assert.Equal(ApprovalDecision.Waiting, (await approval.QueryAsync<ApprovalStatus>(ChangeNames.StatusQuery, [])).Decision);
            Assert.Contains("was refused, **INPUT_INVALID**", await DetailsAsync(approval), StringComparison.Ordinal);
            Assert.Contains("INPUT_INVALID", await DetailsAsync(handle), StringComparison.Ordinal);
            await Run.VoteAsync(status.ApprovalWorkflowId!, new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob"));
        });

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
    }

    [RunFact]
    public async Task Vote_TakenBackAndGivenAgain_CountsAgain()
    {
        _world.Policy = ScriptedWorld.Asking(teamLeads: 2);

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForRoundAsync(handle, 1);
            WorkflowHandle approval = Server.Client.GetWorkflowHandle(status.ApprovalWorkflowId!);
            Vote vote = new(status.PlanHash!, VoteDecision.Approve, "unverified:bob");
            await approval.ExecuteUpdateAsync<ApprovalStatus>(ChangeNames.VoteUpdate, [vote]);
            Assert.Equal(
                VoteRefusals.VoterAlreadyVoted,
                await RefusedAsync(() => Run.VoteAsync(approval.Id, vote with { Actor = "unverified:BOB" })));
            await approval.ExecuteUpdateAsync<ApprovalStatus>(
                ChangeNames.RevokeUpdate, [new RevokedVote(status.PlanHash!, "unverified:Bob")]);
            Assert.Equal("bob", Actor.Subject(Assert.Single((await Run.VoteAsync(approval.Id, vote)).Votes).Voter));
            await Run.VoteAsync(approval.Id, vote with { Actor = "unverified:carol" });
        });

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
    }

    private static async Task<string> DetailsAsync(WorkflowHandle handle) =>
        (await handle.QueryAsync<Temporalio.Api.Sdk.V1.WorkflowMetadata>("__temporal_workflow_metadata", [])).CurrentDetails;

    private static async Task<string?> RefusedAsync(Func<Task> update) => Assert.IsType<ApplicationFailureException>(
        (await Assert.ThrowsAsync<WorkflowUpdateFailedException>(update)).InnerException).ErrorType;

    private static RawValue Raw(string json) => new(new Payload
    {
        Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(json)),
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
    });

    public sealed record EndedRun(ChangeOutcome Change);

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : InputRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : InputRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : InputRunTests(lab);
}
