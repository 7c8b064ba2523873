using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Tests.Rehearsals;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Client;

namespace Orchestrator.Starter.Tests.Changes;

/// <summary><c>sop pause --all</c>, the big red button, and <c>sop resume --all</c>.</summary>
public sealed class PauseAllTests
{
    [Fact]
    public async Task EveryChange_IsPausedBeforeItsFirstStepAndGoesOnAgain()
    {
        await using BoxRoll box = await BoxRoll.StartAsync(ScenarioFile.Default);
        box.Settings["Orchestrator:Tiers:T2:Approvals:peer"] = "1";
        ITemporalClient client = await box.WorkAsync();
        string roll = await StartAsync(client, box, "roll-kafka-cluster", RollKafkaClusterWorkflow.Type, new RollKafkaClusterInput
        {
            Target = new("sandbox", "confluent"), Change = Request,
        });
        string restart = await StartAsync(client, box, "restart-kafka-broker", RestartKafkaBrokerWorkflow.Type, new RestartKafkaBrokerInput
        {
            Target = new("sandbox", "confluent"), Change = Request, Broker = 1,
        });
        string elsewhere = await StartAsync(client, box, "roll-kafka-cluster", RollKafkaClusterWorkflow.Type, new RollKafkaClusterInput
        {
            Target = new("nowhere"), Change = Request,
        });
        await box.Box.Time.UntilAsync(async () =>
            await StateAsync(client, roll) == ChangeState.AwaitingApproval
            && await StateAsync(client, restart) == ChangeState.AwaitingApproval
            && await StateAsync(client, elsewhere) == ChangeState.Refused);
        Sop sop = new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = box.Box.Temporal.Address });

        ProgramRun other = await sop.RunAsync("pause", "--all", "--target", "other", "--as", "alice");
        ProgramRun paused = await sop.RunAsync("pause", "--all", "--target", "sandbox", "--as", "alice", "--reason", "storm");
        ProgramRun again = await sop.RunAsync("pause", "--all", "--as", "alice");
        ProgramRun stranger = await sop.RunAsync("resume", "--all", "--as", "mallory");
        ProgramRun resumed = await sop.RunAsync("resume", "--all", "--as", "alice");

        Assert.Equal((0, "No change is open.\n"), (other.ExitCode, other.Output));
        Assert.Equal((0, 2), (paused.ExitCode, Count(paused.Output, "Pauses before its first step, for alice.")));
        Assert.Equal((0, 2), (again.ExitCode, Count(again.Output, "Pauses before its first step, for alice.")));
        Assert.Equal((3, 2), (stranger.ExitCode, Count(stranger.Output, "ACTOR_LACKS_ROLE")));
        Assert.Equal((0, 2), (resumed.ExitCode, Count(resumed.Output, "Does not pause, for alice.")));
        Assert.Equal(
            (2, "error: Give one change, or --all.\n"),
            ((await sop.RunAsync("pause")).ExitCode, (await sop.RunAsync("pause", roll, "--all")).Errors.Split("Run '")[0]));
    }

    private static ChangeRequest Request { get; } =
        new() { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" };

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<ChangeState> StateAsync(ITemporalClient client, string workflowId) =>
        (await client.GetWorkflowHandle(workflowId).QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, [])).State;

    private static async Task<string> StartAsync(ITemporalClient client, BoxRoll box, string name, string type, object input)
    {
        ChangeTarget target = input switch
        {
            RollKafkaClusterInput roll => roll.Target,
            RestartKafkaBrokerInput restart => restart.Target,
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };
        string id = ChangeId.WorkflowId(name, target, ChangeId.Create(name, target, "all", box.Box.Time.Now));
        await client.StartWorkflowAsync(type, [input], new(id, ChangeNames.TaskQueue));
        return id;
    }
}
