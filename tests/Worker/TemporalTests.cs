using System.Net;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;

namespace Orchestrator.Worker.Tests;

/// <summary>How a worker takes up its work on a real Temporal server.</summary>
[Trait("Category", "Lab")]
public sealed class TemporalTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [LabFact]
    public async Task Start_OnAServerThatIsNotThereYet_RegistersTheSearchAttributesOnceItIs()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        await servers.KillAsync("temporal");
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("TEMPORAL_ADDRESS", servers.TemporalAddress));
        await worker.SaysAsync("does not answer", Limit);
        await servers.UpAsync("temporal");

        await worker.SaysAsync("Working for Temporal at", Limit);
        IReadOnlyDictionary<string, IndexedValueType> known = await SearchAttributesAsync(servers);
        await worker.SignalAsync("TERM");
        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(
            ChangeNames.SearchAttributes.ToDictionary(name => name, _ => IndexedValueType.Keyword),
            known.Where(attribute => ChangeNames.SearchAttributes.Contains(attribute.Key)).ToDictionary());
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("Exception", run.Output, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Start_WhereTheSearchAttributesAre_RegistersNone()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        using WorkerHome home = new();
        await using (ProgramProcess first = home.Start(("TEMPORAL_ADDRESS", servers.TemporalAddress)))
        {
            await first.SaysAsync(
                """Registered the search attributes ["Procedure","Target","State","Tier","ApprovalState","RequestedBy","ChangeId",""",
                Limit);
        }

        await using ProgramProcess second = home.Start(("TEMPORAL_ADDRESS", servers.TemporalAddress));
        await second.SaysAsync("Working for Temporal at", Limit);

        Assert.DoesNotContain("search attribute", second.Log, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Start_WhereASearchAttributeIsOfAnotherType_EndsWith2AndSaysHowToRemoveIt()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        TemporalClient client = await TemporalClient.ConnectAsync(new(servers.TemporalAddress));
        await client.OperatorService.AddSearchAttributesAsync(new AddSearchAttributesRequest
        {
            Namespace = "default",
            SearchAttributes = { ["Tier"] = IndexedValueType.Int },
        });
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(("TEMPORAL_ADDRESS", servers.TemporalAddress));

        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(
            (2, "error: The search attribute Tier of namespace default is of type Int, not Keyword: use another namespace, or remove it "
                + "with 'temporal operator search-attribute remove --namespace default --name Tier'.\n"),
            (run.ExitCode, run.Errors));
    }

    [LabFact]
    public async Task Start_InANamespaceThatIsNotThere_EndsWith2AndSaysHowToMakeIt()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(
            ("TEMPORAL_ADDRESS", servers.TemporalAddress), ("TEMPORAL_NAMESPACE", "operations"));

        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(
            (2, $"error: Temporal at {servers.TemporalAddress} has no namespace 'operations': set another with TEMPORAL_NAMESPACE, or "
                + "create it with 'temporal operator namespace create --namespace operations'.\n"),
            (run.ExitCode, run.Errors));
    }

    [LabFact]
    public async Task Ready_FollowsATemporalThatGoesAwayAndReturns_AndEachChangeIsToldOnce()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        using WorkerHome home = new();
        int port = WorkerHome.FreePort();
        await using ProgramProcess worker = home.Start(
            ("TEMPORAL_ADDRESS", servers.TemporalAddress), ("ORCHESTRATOR__HEALTH__PORT", $"{port}"));
        await worker.SaysAsync("Working for Temporal at", Limit);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        string atFirst = await ReadyAsync(http, "200 ok");
        await servers.KillAsync("temporal");
        string away = await ReadyAsync(http, $"503 Temporal at {servers.TemporalAddress} does not answer");
        using HttpResponseMessage lives = await http.GetAsync(new Uri("/livez", UriKind.Relative));
        await servers.UpAsync("temporal");
        string back = await ReadyAsync(http, "200 ok");
        await worker.SignalAsync("TERM");
        ProgramRun run = await worker.EndAsync(Limit);

        Assert.Equal(
            ("200 ok", $"503 Temporal at {servers.TemporalAddress} does not answer", HttpStatusCode.OK, "200 ok"),
            (atFirst, away, lives.StatusCode, back));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Single(run.Output.Split('\n'), line => line.Contains("does not answer", StringComparison.Ordinal));
        Assert.Single(run.Output.Split('\n'), line => line.Contains("answers again", StringComparison.Ordinal));
        Assert.Single(run.Output.Split('\n'), line => line.Contains("warn:", StringComparison.Ordinal));
    }

    [LabFact]
    public async Task TemporalThatGoesAway_IsToldOfWhereNobodyProbes()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        using WorkerHome home = new();
        await using ProgramProcess worker = home.Start(
            ("TEMPORAL_ADDRESS", servers.TemporalAddress), ("ORCHESTRATOR__HEALTH__ENABLED", "false"));
        await worker.SaysAsync("Working for Temporal at", Limit);

        await servers.KillAsync("temporal");

        await worker.SaysAsync($"Temporal at {servers.TemporalAddress} does not answer", Limit);
    }

    // The last answer within the limit, where the awaited one does not come.
    private static async Task<string> ReadyAsync(HttpClient http, string awaited)
    {
        long begun = TimeProvider.System.GetTimestamp();
        string answer;
        do
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
            answer = $"{(int)response.StatusCode} {(await response.Content.ReadAsStringAsync()).TrimEnd()}";
        }
        while (answer != awaited && TimeProvider.System.GetElapsedTime(begun) < Limit);

        return answer;
    }

    private static async Task<IReadOnlyDictionary<string, IndexedValueType>> SearchAttributesAsync(LabServers servers)
    {
        TemporalClient client = await TemporalClient.ConnectAsync(new(servers.TemporalAddress));
        ListSearchAttributesResponse response = await client.OperatorService.ListSearchAttributesAsync(
            new ListSearchAttributesRequest { Namespace = "default" });
        return response.CustomAttributes;
    }
}
