using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;

namespace Orchestrator.Starter.Tests.Processes;

/// <summary><c>sop dev-server</c> as a process of its own, from its first line to Ctrl-C.</summary>
public sealed class DevServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Sop Sop = new(new Dictionary<string, string>());

    [Fact]
    public async Task Server_SaysWhereItIs_ServesClientsAndItsState_AndEndsCleanlyByCtrlC()
    {
        await using ProgramProcess server = Sop.Start("dev-server", "--port", "0", "--namespace", "default", "--namespace", "staging");
        await server.SaysAsync("Ctrl-C stops it.", Limit);
        string address = server.Log.Split('\n').Single(line => line.StartsWith("Address ", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Contains("Not for production", server.Log, StringComparison.Ordinal);
        Assert.Contains("Namespaces  default, staging", server.Log, StringComparison.Ordinal);
        Assert.Contains($"TEMPORAL_ADDRESS={address} dotnet run --project src/Worker", server.Log, StringComparison.Ordinal);

        TemporalClient client = await TemporalClient.ConnectAsync(new(address) { Namespace = "staging" });
        ListSearchAttributesResponse attributes = await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = "staging" });
        Assert.Equal(
            ChangeNames.SearchAttributes.Order(StringComparer.Ordinal),
            attributes.CustomAttributes.Where(attribute => attribute.Value == IndexedValueType.Keyword).Select(attribute => attribute.Key)
                .Order(StringComparer.Ordinal));
        await client.StartWorkflowAsync("Anything", [], new("w-1", "nobody") { TaskTimeout = TimeSpan.FromSeconds(7) });
        Sop told = new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = address });
        Assert.Equal(0, (await told.RunAsync("status")).ExitCode);

        ProgramRun state = await Sop.RunAsync("dev-server", "state", "--port", address.Split(':')[^1]);
        JsonNode staging = JsonNode.Parse(state.Output)!["namespaces"]!.AsArray().Single(space => (string?)space!["name"] == "staging")!;
        JsonNode run = Assert.Single(staging["runs"]!.AsArray())!;
        Assert.Equal("w-1", (string?)run["workflowId"]);
        Assert.Equal("7s", (string?)run["description"]!["executionConfig"]!["defaultWorkflowTaskTimeout"]);
        Assert.Equal(
            ["EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED"],
            run["history"]!["events"]!.AsArray().Select(made => (string?)made!["eventType"]));
        Assert.Equal(["workflow task 2 of w-1 is in queue nobody"], run["heldBy"]!.AsArray().Select(holder => (string?)holder));
        Assert.Equal(
            ["nobody"],
            staging["taskQueues"]!.AsArray().Where(queue => (int?)queue!["backlog"] == 1).Select(queue => (string?)queue!["name"]));

        await server.SignalAsync("INT");
        ProgramRun end = await server.EndAsync(Limit);

        Assert.Equal((0, $"The development server at {address} ends; its state is gone.\n"), (end.ExitCode, end.Errors));
    }

    [Fact]
    public async Task Server_WithJson_PrintsOneRecord()
    {
        await using ProgramProcess server = Sop.Start("dev-server", "--port", "0", "-o", "json");
        await server.SaysAsync("}", Limit);
        await server.SignalAsync("TERM");
        ProgramRun end = await server.EndAsync(Limit);

        Assert.Equal(["default"], JsonNode.Parse(end.Output)!["namespaces"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(0, end.ExitCode);
    }

    [Fact]
    public async Task Port_ThatIsTaken_EndsWith2AndSaysWhatToDo()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        Assert.Equal(
            new ProgramRun(
                2,
                "",
                $"error: Port {port} of 127.0.0.1 is in use, perhaps by another Temporal server: stop that one, or give another port with "
                    + "--port (0 takes any free one).\n"),
            await Sop.RunAsync("dev-server", "--port", port));
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("http")]
    public async Task Port_ThatIsNone_EndsWith2(string port)
    {
        ProgramRun run = await Sop.RunAsync("dev-server", "--port", port);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(
            $"error: '{port}' is not a valid port; it must be a number from 0 to 65535.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_WhereNoServerAnswers_EndsWith5()
    {
        using TcpListener reserved = new(IPAddress.Loopback, 0);
        reserved.Start();
        string port = $"{((IPEndPoint)reserved.LocalEndpoint).Port}";
        reserved.Stop();

        ProgramRun run = await Sop.RunAsync("dev-server", "state", "--port", port);

        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(
            $"error: No 'sop dev-server' answers on port {port} of 127.0.0.1: ", run.Errors, StringComparison.Ordinal);
    }
}
