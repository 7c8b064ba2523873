using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>Version 2 of Alertmanager's API: alerts, silences and the state of the server.</summary>
internal sealed class AlertmanagerApi
{
    // Far beyond any run: an alert of the box does not end by itself.
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(3650);

    private const int RequiredCode = 602;
    private const int TooFewItemsCode = 612;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TimeConverter() },
    };

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Silences _silences;
    private readonly Alerts _alerts;

    public AlertmanagerApi(TimeProvider clock)
    {
        _clock = clock;
        _silences = new(clock);
        _alerts = new(clock, _silences);
    }

    public AlertmanagerFaults Faults { get; } = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/-/healthy", () => Results.Text("OK"));
        routes.MapGet("/-/ready", () => Results.Text("OK"));
        routes.MapGet("/api/v2/status", () => Results.Json(new
        {
            cluster = new { name = "", peers = Array.Empty<object>(), status = "disabled" },
            versionInfo = new { version = "0.25.0", branch = "", buildDate = "", buildUser = "", goVersion = "", revision = "" },
            config = new { original = "route:\n  receiver: none\nreceivers:\n- name: none\n" },
            uptime = _clock.GetUtcNow(),
        }));
        routes.MapGet("/api/v2/receivers", () => Results.Json(new[] { new Receiver("none") }));
        routes.MapGet("/api/v2/alerts", (bool? active, bool? silenced, string[] filter) => Answer(() =>
            _alerts.Get([.. filter.Select(LabelMatcher.Parse)], active ?? true, silenced ?? true)));
        routes.MapPost("/api/v2/alerts", (PostedAlert[] posted) => Answer<object?>(() =>
        {
            _alerts.Post(posted);
            return null;
        }));
        routes.MapGet("/api/v2/silences", () => Answer(_silences.List));
        routes.MapPost("/api/v2/silences", (PostedSilence posted) => posted.Matchers is { Count: 0 }
            ? Results.Json(
                new InvalidBody(TooFewItemsCode, "matchers in body should have at least 1 items"),
                statusCode: StatusCodes.Status422UnprocessableEntity)
            : Answer(() => new SilenceAnswer(_silences.Post(posted))));
        routes.MapGet("/api/v2/silence/{id:guid}", (Guid id) => Answer(() => _silences.Get($"{id}"), Results.NotFound()));
        routes.MapDelete("/api/v2/silence/{id:guid}", (Guid id) => Answer<object?>(() =>
        {
            _silences.Expire($"{id}");
            return null;
        }, Results.Json("silence not found", statusCode: StatusCodes.Status500InternalServerError)));
    }

    /// <summary>Answers wrongly, or not at all, where that was asked for.</summary>
    public async Task FailAsync(HttpContext context, RequestDelegate next)
    {
        await Faults.HeldAsync(context.RequestAborted).ConfigureAwait(false);
        if (Faults.Status is var status and > 0)
        {
            context.Response.StatusCode = status;
        }
        else if (Faults.AnswersPage)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><body>Sign in</body></html>").ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
        }
    }

    public void Begin(IReadOnlyDictionary<string, string> labels, string? summary) => Change(() => _alerts.Post(
    [
        new(
            new(labels), summary is null ? [] : new() { ["summary"] = summary }, _clock.GetUtcNow(), _clock.GetUtcNow() + Lasting, null),
    ]));

    public void End(IReadOnlyDictionary<string, string> labels) => Change(() => _alerts.Post(
        [new(new(labels), [], _clock.GetUtcNow(), _clock.GetUtcNow(), null)]));

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    // Errors are a JSON text, as go-openapi writes them.
    private IResult Answer<T>(Func<T> answer, IResult? notFound = null)
    {
        lock (_gate)
        {
            try
            {
                T told = answer();
                return told is null ? Results.Ok() : Results.Text(JsonSerializer.Serialize(told, Json), "application/json");
            }
            catch (FormatException e)
            {
                return Results.Text(JsonSerializer.Serialize(e.Message, Json), "application/json", null, StatusCodes.Status400BadRequest);
            }
            catch (InvalidDataException e)
            {
                return Results.Json(new InvalidBody(RequiredCode, e.Message), statusCode: StatusCodes.Status422UnprocessableEntity);
            }
            catch (KeyNotFoundException e)
            {
                return notFound ?? Results.Json(e.Message, statusCode: StatusCodes.Status404NotFound);
            }
        }
    }

    /// <summary>Times in UTC with three digits of a second, as the real server writes them.</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(
            value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
