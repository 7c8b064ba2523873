using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using k8s;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Tests.Alerts;

/// <summary>What an Alertmanager answers, on real sockets; the answer is one of Alertmanager 0.25.</summary>
public sealed class AlertmanagerTests : BoundedTest
{
    private const string Answer =
        """
        [{"annotations":{"summary":"3 partitions are offline."},
          "endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"2af6d04b2dd48b5e","receivers":[{"name":"none"}],
          "startsAt":"2026-11-21T12:00:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},
          "updatedAt":"2026-11-22T00:24:18.949Z",
          "labels":{"alertname":"KafkaOffline","namespace":"confluent","severity":"critical"}},
         {"annotations":{"description":"No heartbeat."},
          "endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"65b368281c41b1ce","receivers":[{"name":"none"}],
          "startsAt":"2026-11-21T11:00:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},
          "updatedAt":"2026-11-22T00:24:18.949Z",
          "labels":{"alertname":"NodeDown","node":"node-1","severity":"critical"}},
         {"annotations":{},
          "endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"e984a54f6ee0bce6","receivers":[{"name":"none"}],
          "startsAt":"2026-11-21T12:00:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},
          "updatedAt":"2026-11-22T00:24:18.949Z",
          "labels":{"alertname":"Other","namespace":"payments","severity":"critical"}}]
        """;

    private static readonly BlastRadius Reach = new(["node-1"], ["confluent"], []);

    [Fact]
    public async Task ReadAlerts_OfANamespaceAndANode_AreThoseThatNameThem() => Assert.Equal(
        [
            "KafkaOffline of confluent, since 2026-11-21 12:00:00Z: 3 partitions are offline",
            "NodeDown of node-1, since 2026-11-21 11:00:00Z: No heartbeat",
        ],
        (await ReadAsync(Answer)).Newest.Select(alert => alert.ToString()));

    [Theory]
    [InlineData("critical", null, true)]
    [InlineData("Critical", null, true)]
    [InlineData("PAGE", null, true)]
    [InlineData("warning", null, false)]
    [InlineData("critical", "sev1", false)]
    [InlineData("SEV1", "sev1", true)]
    public async Task ReadAlerts_OfASeverity_CountInAnyCaseWhereTheyAreConfigured(string severity, string? configured, bool counts)
    {
        AlertmanagerOptions options = new() { Severities = configured is null ? null : [configured] };

        Assert.Equal(counts, (await ReadAsync(Alert($$"""{"namespace":"confluent","severity":"{{severity}}"}"""), options)).Total == 1);
    }

    [Theory]
    [InlineData(null, null, "other", true)]
    [InlineData("cluster", null, "other", false)]
    [InlineData("cluster", null, "lab", true)]
    [InlineData("cluster", null, null, true)]
    [InlineData("cluster", "prod-eu", "lab", false)]
    [InlineData("cluster", "prod-eu", "prod-eu", true)]
    public async Task ReadAlerts_OfAnotherClusterWithTheSameNamespace_DoNotCountWhereALabelTells(
        string? label, string? value, string? told, bool counts)
    {
        string cluster = told is null ? "" : $$""","cluster":"{{told}}" """;

        FiringAlerts firing = await ReadAsync(
            Alert($$"""{"namespace":"confluent","severity":"critical"{{cluster}} }"""),
            new() { ClusterLabel = label, ClusterLabelValue = value });

        Assert.Equal(counts, firing.Total == 1);
    }

    [Fact]
    public async Task ReadAlerts_TwentyThousand_AreCountedAndTheNewestListedQuickly()
    {
        string body = $"[{string.Join(',', Enumerable.Range(0, 20_000).Select(i => Row(i)))}]";
        long begun = Stopwatch.GetTimestamp();

        FiringAlerts firing = await ReadAsync(body);

        Assert.Equal((20_000, AlertReading.MaximumListed), (firing.Total, firing.Newest.Count));
        Assert.Equal(("Alert-19950", "Alert-19999"), (firing.Newest[0].Name, firing.Newest[^1].Name));
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(5), $"{Stopwatch.GetElapsedTime(begun)}");
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(new AlertReading(firing.Newest) { Total = firing.Total }).Length, 1, 32 * 1024);
    }

    [Fact]
    public async Task AlertPrecheck_TwentyThousandFireAlready_NamesTenAndCountsTheOthers()
    {
        await using AnsweringServer server = new(200, $"[{string.Join(',', Enumerable.Range(0, 20_000).Select(i => Row(i)))}]");

        using Alertmanager alertmanager = new(TimeProvider.System);
        using IKubernetes none = Nobody();

        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await new AlertPrecheck(alertmanager, TimeProvider.System)
            .CheckAsync(Lab(server.Address.ToString()), none, "confluent", isLaptop: false, Limit);

        Assert.Equal((true, 11, "And 19990 more critical alerts are already firing."), (hasAlerts, refusals.Count, refusals[^1].Sentence));
    }

    /// <summary>What comes instead of alerts, and what is said of it.</summary>
    public static TheoryData<int?, string, string> Unreadable => new()
    {
        { 503, "", "answered 503 Answer." },
        { 200, "nothing", "did not answer with a list of alerts: " },
        { 200, "<html>", "did not answer with a list of alerts: " },
        { 200, "{}", "did not answer with a list of alerts: it is not an array." },
        { 200, """[{"labels":{}}]""", "did not answer with a list of alerts: an alert has no labels or no fingerprint." },
        { 200, """[7, null]""", "did not answer with a list of alerts: an alert has no labels or no fingerprint." },
        {
            200, Alert("""{"alertname":"A","namespace":"confluent","severity":"critical"}""", "1732190400"),
            "did not answer with a list of alerts: alert A has the startsAt 1732190400, which is not a time."
        },
        {
            200, Alert("""{"alertname":"A","namespace":7,"severity":"critical"}"""),
            "did not answer with a list of alerts: an alert has the label namespace 7, which is not a string."
        },
        {
            200, Alert("""{"alertname":"\ud800","namespace":"confluent","severity":"critical"}"""),
            "did not answer with a list of alerts: "
        },
        { null, "", "did not answer within 5 s." },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task ReadAlerts_AnythingElse_IsUnreadableAndBlocks(int? status, string body, string reason)
    {
        await using AnsweringServer server = new(status, body);

        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await CheckAsync(server.Address.ToString());

        Refusal refusal = Assert.Single(refusals);
        Assert.Equal((false, RefusalSeverity.Unknown, ReasonCodes.AlertsUnreadable), (hasAlerts, refusal.Severity, refusal.Code));
        Assert.StartsWith(
            $"The alerts of cluster lab could not be read: {server.Address} {reason}", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAlerts_NobodyThere_IsUnreadableAndBlocks() =>
        Assert.Equal(
            "The alerts of cluster lab could not be read: http://127.0.0.1:9/ does not answer: Connection refused.",
            Assert.Single((await CheckAsync("http://127.0.0.1:9")).Refusals).Sentence);

    [Fact]
    public async Task AlertPrecheck_AlertsFireAlready_WarnsOfThoseOfTheNamespace()
    {
        await using AnsweringServer server = new(200, Answer);

        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await CheckAsync(server.Address.ToString());

        Assert.True(hasAlerts);
        Assert.Equal(
            [
                "CRITICAL_ALERT Warn A critical alert is already firing: "
                    + "KafkaOffline of confluent, since 2026-11-21 12:00:00Z: 3 partitions are offline.",
            ],
            refusals.Select(
                refusal => string.Create(CultureInfo.InvariantCulture, $"{refusal.Code} {refusal.Severity} {refusal.Sentence}")));
    }

    [Theory]
    [InlineData(null, true, null)]
    [InlineData(
        null, false,
        "Unknown The inventory has no Alertmanager for cluster lab: its alerts would not be watched during the change.")]
    [InlineData(
        "none", true,
        "Warn Alerts of cluster lab are not watched during the change: "
            + "Orchestrator:Clusters:lab:Alertmanager:Url is none.")]
    [InlineData(
        "none", false,
        "Warn Alerts of cluster lab are not watched during the change: "
            + "Orchestrator:Clusters:lab:Alertmanager:Url is none.")]
    public async Task AlertPrecheck_NoAlertmanager_IsForTheLaptopOrSaidInThePlan(string? url, bool isLaptop, string? refusal)
    {
        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await CheckAsync(url, isLaptop);

        Assert.False(hasAlerts);
        Assert.Equal(refusal, refusals.Select(row => $"{row.Severity} {row.Sentence}").SingleOrDefault());
    }

    private async Task<FiringAlerts> ReadAsync(string body, AlertmanagerOptions? options = null)
    {
        await using AnsweringServer server = new(200, body);
        using Alertmanager alertmanager = new(TimeProvider.System);
        using IKubernetes none = Nobody();
        return await alertmanager.ReadAsync(Lab(server.Address.ToString(), options), none, Reach, Limit);
    }

    private static string Alert(string labels, string startsAt = "\"2026-11-21T12:00:00.000Z\"") =>
        $$"""[{"fingerprint":"1","startsAt":{{startsAt}},"labels":{{labels}} }]""";

    private static string Row(int i) =>
        $$"""
        {"fingerprint":"{{i:x16}}","startsAt":"{{new DateTime(2026, 11, 21).AddSeconds(i):O}}Z",
         "annotations":{"description":"{{new string('x', 900)}}"},
         "labels":{"alertname":"Alert-{{i:00000}}","namespace":"confluent","severity":"critical"} }
        """;

    private async Task<(bool HasAlerts, IReadOnlyList<Refusal> Refusals)> CheckAsync(string? url, bool isLaptop = true)
    {
        FakeTimeProvider time = new();
        using Alertmanager alertmanager = new(time);
        using IKubernetes none = Nobody();
        return await time.PassAsync(new AlertPrecheck(alertmanager, time).CheckAsync(Lab(url), none, "confluent", isLaptop, Limit));
    }

    private static IKubernetes Nobody() => Connection.Open(TimeProvider.System);

    private static ClusterConnection Connection => new() { Server = new("https://127.0.0.1:9") };

    private static Cluster Lab(string? url, AlertmanagerOptions? options = null)
    {
        options ??= new();
        options.Url = url;
        return new("lab", Connection, new ClusterOptions { Alertmanager = options });
    }
}
