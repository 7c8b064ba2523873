using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using k8s;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Tests.Alerts.Contract;

/// <summary>What an Alertmanager answers, word for word: the same from the one in the box and from a real one (0.25).</summary>
public abstract partial class AlertmanagerContract : BoundedTest
{
    private static readonly BlastRadius Reach = new([], ["confluent"], []);

    private readonly HttpClient _http = new();

    // The tests share a server: each has a name of its own, as long as every other's.
    private readonly string _name = $"A{Guid.NewGuid():N}";

    protected abstract Uri Address { get; }

    protected async Task AlertToldIsReadAndEndsWhenItIsToldSoAsync()
    {
        Assert.Equal("200 ", await PostAsync("alerts", Alert("""
            "empty":"","severity":"critical","namespace":"confluent"
            """, """
            "summary":"It says so."
            """)));

        string told = await GetAsync($"alerts?filter=alertname={_name}");
        Assert.Equal(
            """
            200 [{"annotations":{"summary":"It says so."},"endsAt":"TIME","fingerprint":"HASH",
            """.Trim()
            + """
            "receivers":[{"name":"none"}],"startsAt":"TIME",
            """.Trim()
            + """
            "status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"TIME",
            """.Trim()
            + """
            "labels":{"alertname":"NAME","namespace":"confluent","severity":"critical"}}]
            """.Trim(),
            told);
        FiringAlerts read = await ReadAsync();
        Assert.Equal([(_name, "confluent", "It says so.")], read.Newest.Where(alert => alert.Name == _name).Select(
            alert => (alert.Name, alert.Place, alert.Summary ?? "")));
        Assert.NotNull(read.Clock);

        string ended = DateTimeOffset.UtcNow.AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal("200 ", await PostAsync("alerts", Alert("""
            "severity":"critical","namespace":"confluent"
            """, "", $",\"endsAt\":\"{ended}\"")));
        Assert.Equal("200 []", await GetAsync($"alerts?filter=alertname={_name}"));
    }

    protected async Task FingerprintIsThatOfTheLabelsAsync()
    {
        await PostAsync("alerts", """[{"labels":{"alertname":"A","namespace":"confluent","severity":"critical"}}]""");
        Assert.Contains("\"fingerprint\":\"0f2b1a94fd49db66\"", await RawAsync("alerts?filter=alertname=A"), StringComparison.Ordinal);
    }

    protected async Task FilterOfEveryKindKeepsWhatItMatchesAsync()
    {
        await PostAsync("alerts", Alert("\"severity\":\"Page\""));
        (string Filter, bool Matches)[] rows =
        [
            ("severity=Page", true), ("severity=\"Page\"", true), ("severity=page", false), ("severity!=critical", true),
            ("severity=~\"(?i:critical|page)\"", true), ("severity=~\"critical|page\"", false), ("severity=~\"Pa\"", false),
            ("severity!~\"P.*\"", false), ("absent=\"\"", true), ("absent!=\"\"", false), ("absent!~\".+\"", true),
        ];
        foreach ((string filter, bool matches) in rows)
        {
            string told = await RawAsync($"alerts?filter=alertname={_name}&filter={Uri.EscapeDataString(filter)}");
            Assert.True(matches == told.Contains(_name, StringComparison.Ordinal), filter);
        }

        Assert.Equal("400 \"bad matcher format: nonsense\"", await GetAsync("alerts?filter=nonsense"));
        Assert.StartsWith("400 ", await GetAsync($"alerts?filter={Uri.EscapeDataString("a=~\"(\"")}"), StringComparison.Ordinal);
    }

    protected async Task SilenceHidesAnAlertUntilItIsEndedAsync()
    {
        await PostAsync("alerts", Alert("\"severity\":\"critical\",\"namespace\":\"confluent\""));
        string id = await SilenceAsync($$"""{"name":"alertname","value":"{{_name}}","isRegex":false}""", "2026-01-01", "2099-01-01");

        Assert.Equal("200 []", await GetAsync($"alerts?silenced=false&filter=alertname={_name}"));
        string hidden = await RawAsync($"alerts?active=false&filter=alertname={_name}");
        Assert.Contains($"\"silencedBy\":[\"{id}\"],\"state\":\"suppressed\"", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain((await ReadAsync()).Newest, alert => alert.Name == _name);
        Assert.Equal(
            """
            200 {"id":"ID","status":{"state":"active"},"updatedAt":"TIME","comment":"c","createdBy":"me","endsAt":"TIME",
            """.Trim()
            + """
            "matchers":[{"isEqual":true,"isRegex":false,"name":"alertname","value":"NAME"}],"startsAt":"TIME"}
            """.Trim(),
            await GetAsync($"silence/{id}"));

        Assert.Equal("200 ", await SendAsync(new(HttpMethod.Delete, Of($"silence/{id}"))));
        Assert.Equal("200 ", await SendAsync(new(HttpMethod.Delete, Of($"silence/{id}"))));
        Assert.Contains("\"state\":\"expired\"", await RawAsync($"silence/{id}"), StringComparison.Ordinal);
        Assert.Contains((await ReadAsync()).Newest, alert => alert.Name == _name);
    }

    protected async Task SilenceToComeHidesNothingYetAsync()
    {
        await PostAsync("alerts", Alert("\"severity\":\"critical\""));
        string id = await SilenceAsync($$"""{"name":"alertname","value":"{{_name}}","isRegex":false}""", "2098-01-01", "2099-01-01");

        Assert.Contains("\"state\":\"pending\"", await RawAsync($"silence/{id}"), StringComparison.Ordinal);
        Assert.Contains(_name, await RawAsync("alerts?silenced=false"), StringComparison.Ordinal);
        await SendAsync(new(HttpMethod.Delete, Of($"silence/{id}")));
    }

    protected async Task WhatIsNoAlertOrSilenceIsRefusedInTheSameWordsAsync()
    {
        const string Nobody = "00000000-0000-0000-0000-000000000000";
        const string Equal = """{"name":"a","value":"b","isRegex":false}""";
        Assert.Equal("400 \"at least one label pair required\"", await PostAsync("alerts", """[{"labels":{}}]"""));
        Assert.Equal(
            "400 \"start time must be before end time\"",
            await PostAsync("alerts", Alert("", "", ",\"startsAt\":\"2026-12-01T00:00:00Z\",\"endsAt\":\"2026-11-01T00:00:00Z\"")));
        Assert.Equal(
            """422 {"code":612,"message":"matchers in body should have at least 1 items"}""",
            await PostAsync("silences", SilenceBody("", "2026-01-01", "2099-01-01")));
        Assert.Equal(
            """422 {"code":602,"message":"comment in body is required"}""",
            await PostAsync("silences", $$"""{"matchers":[{{Equal}}],"endsAt":"2099-01-01T00:00:00Z"}"""));
        Assert.Equal(
            "400 \"silence invalid: at least one matcher must not match the empty string\"",
            await PostAsync("silences", SilenceBody("""{"name":"a","value":".*","isRegex":true}""", "2026-01-01", "2099-01-01")));
        Assert.Equal(
            "400 \"Failed to create silence: end time can't be in the past\"",
            await PostAsync("silences", SilenceBody(Equal, "2026-01-01", "2026-02-01")));
        Assert.Equal(
            "404 \"silence not found\"",
            await PostAsync("silences", SilenceBody(Equal, "2026-01-01", "2099-01-01", $"\"id\":\"{Nobody}\",")));
        Assert.Equal("404 ", await GetAsync($"silence/{Nobody}"));
        Assert.Equal("500 \"silence not found\"", await SendAsync(new(HttpMethod.Delete, Of($"silence/{Nobody}"))));
    }

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        base.Dispose(disposing);
    }

    private protected async Task<FiringAlerts> ReadAsync()
    {
        using Alertmanager alertmanager = new(TimeProvider.System);
        ClusterConnection nobody = new() { Server = new("https://127.0.0.1:9") };
        using IKubernetes none = nobody.Open(TimeProvider.System);
        ClusterOptions options = new() { Alertmanager = new() { Url = Address.ToString() } };
        return await alertmanager.ReadOnceAsync(new("lab", nobody, options), none, Reach, Limit);
    }

    private static string SilenceBody(string matchers, string from, string until, string id = "") => $$"""
        { {{id}} "matchers":[{{matchers}}],"startsAt":"{{from}}T00:00:00Z","endsAt":"{{until}}T00:00:00Z","createdBy":"me","comment":"c"}
        """;

    private string Alert(string labels, string annotations = "", string more = "") => $$"""
        [{"labels":{"alertname":"{{_name}}"{{(labels.Length > 0 ? $",{labels}" : "")}}},"annotations":{ {{annotations}} }{{more}}}]
        """;

    private async Task<string> SilenceAsync(string matcher, string from, string until)
    {
        using StringContent body = Json(SilenceBody(matcher, from, until));
        using HttpResponseMessage response = await _http.PostAsync(Of("silences"), body, Limit);
        return (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>(Limit))!["silenceID"];
    }

    private Uri Of(string path) => new(Address, $"api/v2/{path}");

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task<string> PostAsync(string path, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Of(path)) { Content = Json(body) };
        return await SendAsync(request);
    }

    private Task<string> GetAsync(string path) => SendAsync(new(HttpMethod.Get, Of(path)));

    private Task<string> RawAsync(string path) => _http.GetStringAsync(Of(path), Limit);

    // Without what differs from run to run.
    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request, Limit);
        string text = (await response.Content.ReadAsStringAsync(Limit)).TrimEnd().Replace(_name, "NAME", StringComparison.Ordinal);
        return $"{(int)response.StatusCode} {Hash().Replace(Id().Replace(Time().Replace(text, "TIME"), "ID"), "\"HASH\"")}";
    }

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")]
    private static partial Regex Time();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("\"[0-9a-f]{16}\"")]
    private static partial Regex Hash();
}
