using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Common;

namespace Orchestrator.Starter.Tests.Processes;

/// <summary>What <c>sop</c> does where Temporal runs and no worker does.</summary>
[Trait("Category", "Lab")]
public sealed class SopWithoutWorkerTests
{
    private const string Run = "roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123";

    [LabFact]
    public async Task Server_WithoutWorker_EndsEveryCommandWithItsOwnSentence()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        Sop sop = new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = servers.TemporalAddress });
        string server = $"Temporal at {servers.TemporalAddress} (namespace default)";
        string none = $"{server} has no changes: no orchestrator-worker has ever connected to it. "
            + "Start one (in a checkout: dotnet run --project src/Worker), "
            + "or point TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE to yours.";

        Assert.Equal(
            new ProgramRun(
                5,
                "",
                $"error: No worker polls the task queue 'orchestrator' of {server}, so nothing would run: "
                + "start orchestrator-worker (in a checkout: dotnet run --project src/Worker).\n"),
            await sop.RunAsync("plan", "roll-kafka-cluster", "--target", "lab/confluent"));
        Assert.Equal(
            new ProgramRun(2, "", $"error: {server} has no workflow '{Run}'.\n"), await sop.RunAsync("status", $"{Run}/approval/1"));
        Assert.Equal(new ProgramRun(2, "", $"error: {none}\n"), await sop.RunAsync("approve", "CHG-20260301-ABC123"));
        Assert.Equal(new ProgramRun(0, "No change is open.\n", $"{none}\n"), await sop.RunAsync("status"));
        Assert.Equal(new ProgramRun(0, "No change is waiting for votes.\n", $"{none}\n"), await sop.RunAsync("approvals"));
        Assert.Equal("[]\n", (await sop.RunAsync("status", "-o", "json")).Output);
        Assert.Equal(new ProgramRun(0, "No lock was ever taken.\n", ""), await sop.RunAsync("locks"));

        ProgramRun elsewhere = await new Sop(new Dictionary<string, string>
        {
            ["TEMPORAL_ADDRESS"] = servers.TemporalAddress,
            ["TEMPORAL_NAMESPACE"] = "operations",
        }).RunAsync("plan", "roll-kafka-cluster", "--target", "lab/confluent");
        Assert.Equal(2, elsewhere.ExitCode);
        Assert.EndsWith("; set another with TEMPORAL_NAMESPACE.\n", elsewhere.Errors, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Changes_WhoseWorkerIsGone_AreShownAsTemporalKnowsThem_WithTheirAgeAndWhatToDo()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        TemporalClient client = await TemporalClient.ConnectAsync(new(servers.TemporalAddress));
        await RegisterAsync(client);
        await StartAsync(client);
        Sop sop = new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = servers.TemporalAddress });

        ProgramRun status = await sop.RunAsync("status", Run);
        ProgramRun json = await sop.RunAsync("status", "CHG-20260301-ABC123", "-o", "json");
        ProgramRun list = await sop.RunAsync("status");
        ProgramRun locks = await sop.RunAsync("locks");
        const string Line = "sop approve CH";
        ProgramRun completed = await sop.RunAsync($"[suggest:{Line.Length}]", Line);

        // Whoever watches a change while its worker is replaced goes on watching.
        await using ProgramProcess watch = sop.Start("status", Run, "--watch");
        await watch.SaysAsync("Still watching.", TimeSpan.FromMinutes(1));
        Assert.Contains("What to do\nStart orchestrator-worker", watch.Log, StringComparison.Ordinal);

        Assert.All([status, json, list, locks], run => Assert.Equal(5, run.ExitCode));
        Assert.StartsWith("error: No worker answered for", status.Errors, StringComparison.Ordinal);
        Assert.Matches("State +Running, [0-9]+s ago", status.Output);
        Assert.Contains("Asked by  unverified:ann at ", status.Output, StringComparison.Ordinal);
        Assert.Contains("Reason    monthly restart", status.Output, StringComparison.Ordinal);
        Assert.Contains("What to do\nStart orchestrator-worker", status.Output, StringComparison.Ordinal);
        JsonNode known = JsonNode.Parse(json.Output)!;
        Assert.Equal(
            ("Running", "lab/confluent", "temporal"), ((string?)known["state"], (string?)known["target"], (string?)known["answeredBy"]));
        Assert.Matches("CHG-20260301-ABC123 +roll-kafka-cluster +lab/confluent +T2 +Running", list.Output);
        Assert.Matches("cluster/lab/confluent/kafka +nobody ", locks.Output);
        Assert.Matches("CHG-20260301-ABC123 +lab/confluent +Running +unverified:ann", locks.Output);
        Assert.Equal("CHG-20260301-ABC123\n", completed.Output);
    }

    private static async Task RegisterAsync(TemporalClient client)
    {
        AddSearchAttributesRequest add = new() { Namespace = client.Options.Namespace };
        add.SearchAttributes.Add(ChangeNames.SearchAttributes.ToDictionary(name => name, _ => IndexedValueType.Keyword));
        await client.OperatorService.AddSearchAttributesAsync(add);
    }

    // As a worker leaves them behind: what the run has said of itself stands in its search attributes.
    private static async Task StartAsync(TemporalClient client)
    {
        SearchAttributeCollection known = new SearchAttributeCollection.Builder()
            .Set(SearchAttributeKey.CreateKeyword(ChangeNames.ChangeIdAttribute), "CHG-20260301-ABC123")
            .Set(SearchAttributeKey.CreateKeyword(ChangeNames.StateAttribute), "Running")
            .Set(SearchAttributeKey.CreateKeyword(ChangeNames.TargetAttribute), "lab/confluent")
            .Set(SearchAttributeKey.CreateKeyword(ChangeNames.TierAttribute), "T2")
            .Set(SearchAttributeKey.CreateKeyword(ChangeNames.RequestedByAttribute), "unverified:ann")
            .ToSearchAttributeCollection();

        // The server tells its parts of new attributes within about a second.
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        WorkflowOptions options = new(Run, ChangeNames.TaskQueue)
        {
            TypedSearchAttributes = known,
            StaticDetails = "monthly restart",
            Rpc = new RpcOptions { Retry = true, CancellationToken = limit.Token },
        };
        while (true)
        {
            try
            {
                await client.StartWorkflowAsync(RollKafkaClusterWorkflow.Type, [], options);
                break;
            }
            catch (Temporalio.Exceptions.RpcException e) when (e.Code == Temporalio.Exceptions.RpcException.StatusCode.InvalidArgument)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), limit.Token);
            }
        }

        await client.StartWorkflowAsync(
            LockNames.ClusterGuard, [], new WorkflowOptions("cluster/lab/confluent/kafka", ChangeNames.TaskQueue));

        // What began a moment ago is found a moment later.
        while (await client.CountWorkflowsAsync("ExecutionStatus = 'Running'") is { Count: < 2 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), limit.Token);
        }
    }
}
