using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Notifications;
using Orchestrator.Workflows.ChangeControl.Notifications;

namespace Orchestrator.Activities.Tests.Notifications;

/// <summary>Notices to servers on loopback that do as they should, and to some that do not.</summary>
public sealed class NotifierTests : BoundedTest
{
    private const string Secret = "s3cr3t-value";

    private static readonly NotificationEvent Paused = new(
        "change.paused", NotificationSeverity.Warning, "roll-1/paused/1", "Change <paused>", "An alert fires & the roll waits.")
    {
        Team = "kafka",
        ChangeId = "roll-1",
    };

    private NotificationEvent _notice = Paused;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Lines _log = new();

    private string SecretFile => Path.Combine(_folder.FullName, "secret");

    private string Laptop => Path.Combine(_folder.FullName, "notices");

    protected override void Dispose(bool disposing)
    {
        _log.Dispose();
        _folder.Delete(true);
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Notify_OfAWebhook_IsSignedOverTimestampAndBody()
    {
        await using HttpSink sink = await HttpSink.StartAsync("", 200);

        await NotifyAsync(("hook", "Webhook", sink.Url));

        (_, var headers, string body) = Assert.Single(sink.Requests);
        string signed = $"{headers["X-Orchestrator-Timestamp"]}.{body}";
        byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed));
        Assert.Equal($"v1={Convert.ToHexStringLower(hash)}", headers["X-Orchestrator-Signature"]);
        Assert.Equal("roll-1/paused/1", (string?)JsonNode.Parse(body)!["dedupeKey"]);
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_OfPagerDuty_HasTheDedupeKeyWithEachTry()
    {
        await using HttpSink sink = await HttpSink.StartAsync("", 429, 500, 202);

        NotificationDelivery delivery = Assert.Single(await NotifyAsync(("pager", "PagerDuty", sink.Url)));

        Assert.Equal(("pager", 0), (delivery.Channel, delivery.Failures.Count));
        Assert.Equal(
            Enumerable.Repeat("/v2/enqueue trigger roll-1/paused/1 s3cr3t-value", 3),
            sink.Requests.Select(request => (request.Path, Event: JsonNode.Parse(request.Body)!))
                .Select(it => $"{it.Path} {it.Event["event_action"]} {it.Event["dedup_key"]} {it.Event["routing_key"]}"));
    }

    [Theory]
    [InlineData(false, "trigger")]
    [InlineData(true, "resolve")]
    public async Task Notify_OfPagerDuty_HasOnePageForAllOfAnIncident(bool isOver, string action)
    {
        await using HttpSink sink = await HttpSink.StartAsync("", 202);
        _notice = Paused with { Incident = "roll-1", IsOver = isOver };

        await NotifyAsync(("pager", "PagerDuty", sink.Url));

        JsonNode sent = JsonNode.Parse(Assert.Single(sink.Requests).Body)!;
        Assert.Equal((action, "roll-1"), ((string?)sent["event_action"], (string?)sent["dedup_key"]));
    }

    [Fact]
    public async Task Notify_OfSlack_PostsTextWithoutMarkup()
    {
        await using HttpSink sink = await HttpSink.StartAsync("""{"ok":true}""", 200);

        await NotifyAsync(("slack", "Slack", sink.Url));

        (string path, var headers, string body) = Assert.Single(sink.Requests);
        Assert.Equal(("/api/chat.postMessage", $"Bearer {Secret}"), (path, $"{headers.Authorization}"));
        Assert.Equal(
            "Change &lt;paused&gt;\nAn alert fires &amp; the roll waits.\nChange: roll-1", (string?)JsonNode.Parse(body)!["text"]);
    }

    [Fact]
    public async Task Notify_OfSlacksWebhook_PostsToTheAddressThatIsTheSecret()
    {
        await using HttpSink sink = await HttpSink.StartAsync("ok", 200);
        string address = $"{sink.Url}/services/T0/B0/key";

        NotificationDelivery delivery = Assert.Single(await NotifyAsync(address, ("slack", "SlackWebhook", null)));

        Assert.Equal(("slack", "/services/T0/B0/key"), (delivery.Channel, Assert.Single(sink.Requests).Path));
    }

    [Fact]
    public async Task Notify_OfSlacksWebhook_LeavesItsAddressInNoSpan()
    {
        ConcurrentQueue<string> addresses = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => addresses.Enqueue($"{span.GetTagItem("url.full")}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using HttpSink sink = await HttpSink.StartAsync("ok", 200);
        using HttpClient traced = new();
        await traced.GetAsync(new Uri($"{sink.Url}/traced"), Limit);

        await NotifyAsync($"{sink.Url}/services/T0/B0/key", ("slack", "SlackWebhook", null));

        Assert.Equal(["/traced", "/services/T0/B0/key"], sink.Requests.Select(request => request.Path));
        Assert.Equal([$"{sink.Url}/traced"], addresses.Where(address => address.StartsWith(sink.Url, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Notify_WhereServersMisbehave_GoesToTheNextInOrder()
    {
        await using HttpSink broken = await HttpSink.StartAsync("", 500);
        await using HttpSink busy = await HttpSink.StartAsync("", 403);
        await using HttpSink slow = await HttpSink.StartAsync("", 0);
        await using HttpSink rude = await HttpSink.StartAsync($$"""{"ok":false,"error":"{{Secret}}"}""", 200);
        HttpSink gone = await HttpSink.StartAsync("", 200);
        string address = gone.Url;
        await gone.DisposeAsync();

        NotificationDelivery delivery = Assert.Single(await NotifyAsync(
            ("busy", "Webhook", busy.Url),
            ("slow", "Webhook", slow.Url),
            ("gone", "PagerDuty", address),
            ("rude", "Slack", rude.Url),
            ("laptop", "File", null),
            ("broken", "Webhook", broken.Url)));

        Assert.Equal("laptop", delivery.Channel);
        Assert.Equal(
            ["busy answered 403.", "slow did not accept it in time.", "gone", "rude answered that it is not ok."],
            delivery.Failures.Select(failure => failure.StartsWith("gone ", StringComparison.Ordinal) ? "gone" : failure));
        Assert.Equal("roll-1/paused/1", (string?)JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(Laptop)))!["dedupeKey"]);
        Assert.Empty(broken.Requests);
    }

    [Fact]
    public async Task Notify_WhereAllFail_SaysSoWithoutASecret()
    {
        await using HttpSink sink = await HttpSink.StartAsync(Secret, 400);

        NotificationDelivery delivery = Assert.Single(await NotifyAsync(("hook", "Webhook", sink.Url), ("pager", "PagerDuty", sink.Url)));

        Assert.Null(delivery.Channel);
        Assert.Equal(["hook answered 400.", "pager answered 400."], delivery.Failures);
        Assert.Equal(
            ["notify.failed: change.paused (roll-1/paused/1) on route all: hook answered 400. pager answered 400."], _log.All);
    }

    [Theory]
    [InlineData(null, "mail", new string[0])]
    [InlineData("550 no such user", null, new[] { "mail answered 550." })]
    public async Task Notify_OfEmail_IsAcceptedWithTheServersWord(string? refusal, string? channel, string[] failures)
    {
        using SmtpSink sink = new(refusal);

        NotificationDelivery delivery = Assert.Single(await NotifyAsync(("mail", "Email", $"{sink.Port}")));

        Assert.Equal(channel, delivery.Channel);
        Assert.Equal(failures, delivery.Failures);
        Assert.Equal(channel is null ? 0 : 1, sink.Messages.Count(message =>
            message.Contains("Subject: Change <paused>", StringComparison.Ordinal)
            && message.Contains("An alert fires & the roll waits.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("change.paused", "Info", "kafka", true)]
    [InlineData("change.*", "Warning", "KAFKA", true)]
    [InlineData("gate.*", "Info", "kafka", false)]
    [InlineData("change.pause", "Info", "kafka", false)]
    [InlineData("change.*", "Page", "kafka", false)]
    [InlineData("change.*", "Info", "search", false)]
    public void Takes_ByEventSeverityAndTeam(string type, string atLeast, string team, bool takes) => Assert.Equal(
        takes, new NotificationRoute("r", [type], Enum.Parse<NotificationSeverity>(atLeast), [team], ["c"]).Takes(Paused));

    [Theory]
    [InlineData("Channels:c:Kind", "Webhook", "Channels:c:Secret is not a reference to a file")]
    [InlineData("Channels:c:Secret", Secret, "Channels:c:Secret is not a reference to a file")]
    [InlineData("Channels:c:Kind", "Email", "Channels:c:From is missing")]
    [InlineData("Routes:r:Channels:0", "nowhere", "Routes:r:Channels has 'nowhere'")]
    [InlineData("AcceptWithin", "00:00:00", "AcceptWithin is 00:00:00")]
    public void Options_WithAMistake_NameTheKey(string key, string value, string expected)
    {
        using ServiceProvider services = Services(new() { ["Channels:c:Kind"] = "Log", [key] = value });

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<Notifier>);

        Assert.Contains($"Orchestrator:Notifications:{expected}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<NotificationDelivery>> NotifyAsync(params (string Name, string Kind, string? Server)[] channels) =>
        NotifyAsync(Secret, channels);

    private async Task<IReadOnlyList<NotificationDelivery>> NotifyAsync(
        string secret, params (string Name, string Kind, string? Server)[] channels)
    {
        await File.WriteAllTextAsync(SecretFile, secret);

        // Long enough for tries that follow each other; where a server never answers, the test takes as long.
        Dictionary<string, string?> settings = new() { ["AcceptWithin"] = "00:00:05" };
        for (int i = 0; i < channels.Length; i++)
        {
            (string name, string kind, string? server) = channels[i];
            bool isMail = kind == "Email";
            settings[$"Routes:all:Channels:{i}"] = name;
            settings[$"Channels:{name}:Kind"] = kind;
            settings[$"Channels:{name}:Server"] = isMail ? "127.0.0.1" : server;
            settings[$"Channels:{name}:Port"] = isMail ? server : "1";
            settings[$"Channels:{name}:Tls"] = "false";
            settings[$"Channels:{name}:From"] = "sops@example.org";
            settings[$"Channels:{name}:To"] = "team@example.org";
            settings[$"Channels:{name}:Path"] = Laptop;
            settings[$"Channels:{name}:Secret"] = $"file:{SecretFile}";
        }

        await using ServiceProvider services = Services(settings);
        return await services.GetRequiredService<Notifier>().NotifyAsync(_notice, [], Limit);
    }

    private ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddLogging(logging => logging.AddProvider(_log))
        .AddNotifications(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => $"Orchestrator:Notifications:{setting.Key}", setting => setting.Value))
            .Build())
        .BuildServiceProvider();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
