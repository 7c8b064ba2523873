using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Starter.Boxes;
using ResourceType = Orchestrator.Kubernetes.ResourceType;

namespace Orchestrator.Starter.Tests.Boxes;

/// <summary><c>sop sandbox fault</c> as a process beside a box that runs.</summary>
public sealed class FaultCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-faults-").FullName;
    private ClusterBox _box = null!;
    private Sop _sop = null!;

    public async Task InitializeAsync()
    {
        _box = await ClusterBox.StartAsync(
            new ClusterBoxOptions { Scenario = ScenarioFile.Default, Folder = _folder, SkipsTime = true });
        _sop = new Sop(new Dictionary<string, string>(_box.EnvironmentVariables));
    }

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Fault_WithoutAName_ListsWhatThereIs()
    {
        ProgramRun list = await _sop.RunAsync("sandbox", "fault", "-o", "json");

        Assert.Equal(0, list.ExitCode);
        Assert.Equal(
            _box.Faults.Kinds.Select(kind => kind.Name),
            JsonNode.Parse(list.Output)!.AsArray().Select(kind => (string?)kind!["name"]));
    }

    [Fact]
    public async Task Fault_OfAPod_HasItStartedAgain()
    {
        ProgramRun killed = await _sop.RunAsync("sandbox", "fault", "kill-pod", "pod=kafka-1");

        Assert.Equal((0, "Done: kill-pod pod=kafka-1\n"), (killed.ExitCode, killed.Output + killed.Errors));
        await _box.Time.UntilAsync(() => Task.FromResult(RestartsOf("kafka-1") == 1));
    }

    [Theory]
    [InlineData("kill-pod pod=nobody", "error: No pod confluent/nobody runs.\n")]
    [InlineData("node-off node=nowhere", "error: There is no node nowhere.\n")]
    [InlineData("fill-node node=nowhere", "error: There is no node nowhere.\n")]
    [InlineData("kill-pod", "error: kill-pod has to be told pod.\n")]
    [InlineData("cut-api for=1h", "error: cut-api takes nothing, and no for.\n")]
    [InlineData("storm-409 requests=many", "error: requests 'many' is no whole number.\n")]
    [InlineData("slow-catch-up broker=0 factor=-1", "error: A broker cannot catch up -1 times as fast as others.\n")]
    [InlineData("slow-catch-up broker=9 factor=1", "error: The cluster has no broker 9.\n")]
    public async Task Fault_ThatCannotBe_IsRefusedInOneSentence(string fault, string error)
    {
        ProgramRun refused = await _sop.RunAsync(["sandbox", "fault", .. fault.Split(' ')]);

        Assert.Equal((2, error), (refused.ExitCode, refused.Output + refused.Errors));
    }

    [Fact]
    public async Task Storm_RefusesAsManyRequestsAsItWasTold()
    {
        await BeginAsync("storm-429", "requests=2");

        ProgramRun snapshot = await _sop.RunAsync("sandbox", "snapshot", "--context", "sandbox", "--namespace", "confluent");

        Assert.True(snapshot.ExitCode == 0, snapshot.Errors);
        Assert.Equal((2, 0), (_box.Kubernetes.Faults.Met, _box.Kubernetes.Faults.Left));
    }

    [Fact]
    public async Task Api_ThatIsCut_CannotBeReachedUntilItIsMended()
    {
        await BeginAsync("cut-api");
        ProgramRun cut = await _sop.RunAsync("sandbox", "snapshot", "--context", "sandbox", "--namespace", "confluent");
        await BeginAsync("mend-api");
        ProgramRun mended = await _sop.RunAsync("sandbox", "snapshot", "--context", "sandbox", "--namespace", "confluent");

        Assert.True((cut.ExitCode, mended.ExitCode) == (5, 0), cut.Errors + mended.Errors);
    }

    [Fact]
    public async Task Alert_FiresUntilItIsEnded()
    {
        await BeginAsync("begin-alert", "alert=DiskAlmostFull");
        Assert.Equal("DiskAlmostFull critical confluent", Assert.Single(await AlertsAsync()));

        await BeginAsync("end-alert", "alert=DiskAlmostFull");
        await _box.Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await AlertsAsync());
    }

    [Fact]
    public async Task Fault_WhereNoBoxListens_IsOutOfReach()
    {
        ProgramRun nobody = await _sop.RunAsync("sandbox", "fault", "cut-api", "--at", "http://127.0.0.1:9");

        Assert.Equal(5, nobody.ExitCode);
        Assert.StartsWith("error: No box answers at http://127.0.0.1:9/: ", nobody.Errors, StringComparison.Ordinal);
    }

    private async Task BeginAsync(params string[] fault)
    {
        ProgramRun begun = await _sop.RunAsync(["sandbox", "fault", .. fault]);
        Assert.True(begun.ExitCode == 0, begun.Errors);
    }

    private async Task<string[]> AlertsAsync()
    {
        using HttpClient http = new() { BaseAddress = _box.Alertmanager.Address };
        JsonArray alerts = (await http.GetFromJsonAsync<JsonArray>(new Uri("/api/v2/alerts?active=true", UriKind.Relative)))!;
        return [.. alerts.Select(alert => alert!["labels"]!).Select(
            labels => $"{labels["alertname"]} {labels["severity"]} {labels["namespace"]}")];
    }

    private int RestartsOf(string pod) =>
        _box.Kubernetes.Store.Find(new ObjectKey(ResourceType.Pods, "confluent", pod))!.Status.GetProperty("containerStatuses")[0]
            .GetProperty("restartCount").GetInt32();
}
