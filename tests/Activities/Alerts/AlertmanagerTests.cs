using System.Globalization;
using k8s;
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
        [{"annotations":{"summary":"3 partitions are offline."},"endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"2af6d04b2dd48b5e","receivers":[{"name":"none"}],"startsAt":"2026-11-21T12:00:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2026-11-22T00:24:18.949Z","labels":{"alertname":"KafkaOffline","namespace":"confluent","severity":"critical"}},
         {"annotations":{"description":"No heartbeat."},"endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"65b368281c41b1ce","receivers":[{"name":"none"}],"startsAt":"2026-11-21T11:00:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2026-11-22T00:24:18.949Z","labels":{"alertname":"NodeDown","node":"node-1","severity":"critical"}},
         {"annotations":{},"endsAt":"2027-01-01T00:00:00.000Z","fingerprint":"e984a54f6ee0bce6","receivers":[{"name":"none"}],"startsAt":"2026-11-21T12:00:00.000Z","status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2026-11-22T00:24:18.949Z","labels":{"alertname":"Other","namespace":"payments","severity":"critical"}}]
        """;

    private static readonly BlastRadius Reach = new(["node-1"], ["confluent"], []);

    [Fact]
    public async Task ReadAlerts_OfANamespaceAndANode_AreThoseThatNameThem()
    {
        await using AnsweringServer server = new(200, Answer);
        using Alertmanager alertmanager = new(TimeProvider.System);
        using IKubernetes none = Nobody();

        (IReadOnlyList<CriticalAlert> alerts, _) = await alertmanager.ReadAsync(Lab(server.Address.ToString()), none, Reach, Limit);

        Assert.Equal(
            ["KafkaOffline of confluent, since 2026-11-21 12:00:00Z: 3 partitions are offline", "NodeDown of node-1, since 2026-11-21 11:00:00Z: No heartbeat"],
            alerts.Select(alert => alert.ToString()));
    }

    /// <summary>What comes instead of alerts, and what is said of it.</summary>
    public static TheoryData<int?, string, string> Unreadable => new()
    {
        { 503, "", "answers 503 Answer." },
        { 200, "nothing", "answers what is no list of alerts: " },
        { 200, "{}", "answers what is no list of alerts: it is no array." },
        { 200, """[{"labels":{}}]""", "answers what is no list of alerts: an alert has no labels or no fingerprint." },
        { null, "", "gives no answer within 5 s." },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task ReadAlerts_AnythingElse_IsUnreadableAndBlocks(int? status, string body, string reason)
    {
        await using AnsweringServer server = new(status, body);

        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await CheckAsync(server.Address.ToString());

        Refusal refusal = Assert.Single(refusals);
        Assert.Equal((false, RefusalSeverity.Unknown, ReasonCodes.AlertsUnreadable), (hasAlerts, refusal.Severity, refusal.Code));
        Assert.StartsWith($"The alerts of cluster lab could not be read: {server.Address} {reason}", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAlerts_NobodyThere_IsUnreadableAndBlocks() =>
        Assert.Equal("The alerts of cluster lab could not be read: http://127.0.0.1:9/ does not answer: Connection refused.", Assert.Single((await CheckAsync("http://127.0.0.1:9")).Refusals).Sentence);

    [Fact]
    public async Task AlertPrecheck_AlertsFireAlready_WarnsOfThoseOfTheNamespace()
    {
        await using AnsweringServer server = new(200, Answer);

        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await CheckAsync(server.Address.ToString());

        Assert.True(hasAlerts);
        Assert.Equal(
            ["CRITICAL_ALERT Warn A critical alert fires already: KafkaOffline of confluent, since 2026-11-21 12:00:00Z: 3 partitions are offline."],
            refusals.Select(refusal => string.Create(CultureInfo.InvariantCulture, $"{refusal.Code} {refusal.Severity} {refusal.Sentence}")));
    }

    [Theory]
    [InlineData(null, true, null)]
    [InlineData(null, false, "Unknown The inventory names no Alertmanager for cluster lab: nobody would look out for alerts while it is changed.")]
    [InlineData("none", true, "Warn Nobody looks out for alerts of cluster lab while it is changed: Orchestrator:Clusters:lab:Alertmanager:Url says none.")]
    [InlineData("none", false, "Warn Nobody looks out for alerts of cluster lab while it is changed: Orchestrator:Clusters:lab:Alertmanager:Url says none.")]
    public async Task AlertPrecheck_NoAlertmanager_IsForTheLaptopOrSaidInThePlan(string? url, bool isLaptop, string? refusal)
    {
        (bool hasAlerts, IReadOnlyList<Refusal> refusals) = await CheckAsync(url, isLaptop);

        Assert.False(hasAlerts);
        Assert.Equal(refusal, refusals.Select(row => $"{row.Severity} {row.Sentence}").SingleOrDefault());
    }

    private static async Task<(bool HasAlerts, IReadOnlyList<Refusal> Refusals)> CheckAsync(string? url, bool isLaptop = true)
    {
        HurriedTime time = new();
        using Alertmanager alertmanager = new(time);
        using IKubernetes none = Nobody();
        return await new AlertPrecheck(alertmanager, time).CheckAsync(Lab(url), none, "confluent", isLaptop, CancellationToken.None);
    }

    private static IKubernetes Nobody() => Connection.Open(TimeProvider.System);

    private static ClusterConnection Connection => new() { Server = new("https://127.0.0.1:9") };

    private static Cluster Lab(string? url) => new("lab", Connection, new ClusterOptions { Alertmanager = new AlertmanagerOptions { Url = url } });

    /// <summary>A time in which what waits waits a tenth as long.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 10 : dueTime, period);
    }
}
