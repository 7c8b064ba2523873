using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Activities.Http;
using Orchestrator.Workflows.ChangeControl.Notifications;

namespace Orchestrator.Activities.Notifications;

/// <summary>Slack, PagerDuty and webhooks.</summary>
internal sealed class HttpChannels(TimeProvider timeProvider) : IDisposable
{
    /// <summary>The header with the seconds since 1970 that are signed with the body.</summary>
    public const string TimestampHeader = "X-Orchestrator-Timestamp";

    /// <summary>The header with <c>v1=</c> and the HMAC-SHA256, in hex, of timestamp, a dot, and the body.</summary>
    public const string SignatureHeader = "X-Orchestrator-Signature";

    // The address of a Slack webhook is its secret.
    private readonly HttpClients _clients = new(timeProvider, traced: false);

    /// <summary>One try.</summary>
    /// <exception cref="NotAcceptedException">It was not accepted.</exception>
    public async Task SendAsync(ChannelOptions channel, string secret, NotificationEvent notice, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, secret, notice);
        try
        {
            using HttpResponseMessage response = await _clients.Of(null)
                .SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new NotAcceptedException(
                    $"answered {(int)response.StatusCode}",
                    mayPass: (int)response.StatusCode is 408 or 429 or >= 500)
                {
                    After = response.Headers.RetryAfter?.Delta,
                };
            }

            if (channel.Kind == ChannelKind.Slack && !IsOk(await response.Content.ReadAsStringAsync(cancellationToken)))
            {
                throw new NotAcceptedException("answered that it is not ok", mayPass: false);
            }
        }
        catch (HttpRequestException e)
        {
            throw new NotAcceptedException($"does not answer ({e.HttpRequestError})", mayPass: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private HttpRequestMessage Request(ChannelOptions channel, string secret, NotificationEvent notice)
    {
        (string address, JsonObject body) = channel.Kind switch
        {
            ChannelKind.SlackWebhook => (secret, new JsonObject { ["text"] = SlackText(notice) }),
            ChannelKind.Slack => (
                $"{(channel.Server ?? "https://slack.com").TrimEnd('/')}/api/chat.postMessage",
                new JsonObject { ["channel"] = channel.To, ["text"] = SlackText(notice) }),
            ChannelKind.PagerDuty => (
                $"{(channel.Server ?? "https://events.pagerduty.com").TrimEnd('/')}/v2/enqueue", PagerDutyEvent(secret, notice)),
            _ => (channel.Server!, NotificationText.Json(notice)),
        };
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new NotAcceptedException("has a secret that is not an address", mayPass: false);
        }

        string text = body.ToJsonString();
        HttpRequestMessage request = new(HttpMethod.Post, uri) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        if (channel.Kind == ChannelKind.Slack)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        }
        else if (channel.Kind == ChannelKind.Webhook)
        {
            string timestamp = timeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            byte[] hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{text}"));
            request.Headers.Add(TimestampHeader, timestamp);
            request.Headers.Add(SignatureHeader, $"v1={Convert.ToHexStringLower(hash)}");
        }

        return request;
    }

    private static JsonObject PagerDutyEvent(string routingKey, NotificationEvent notice) => new()
    {
        ["routing_key"] = routingKey,
        ["event_action"] = notice.IsOver ? "resolve" : "trigger",
        ["dedup_key"] = notice.Incident ?? notice.DedupeKey,
        ["payload"] = new JsonObject
        {
            ["summary"] = $"{notice.Title}: {notice.Sentence}" is { Length: > 1024 } text
                ? text[..1024]
                : $"{notice.Title}: {notice.Sentence}",
            ["source"] = notice.Target ?? "orchestrator",
            ["severity"] = notice.Severity switch
            {
                NotificationSeverity.Page => "critical",
                NotificationSeverity.Warning => "warning",
                _ => "info",
            },
            ["custom_details"] = NotificationText.Json(notice),
        },
    };

    // What Slack would take for a mention or a link is text here.
    private static string SlackText(NotificationEvent notice) => NotificationText.Plain(notice)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static bool IsOk(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject fields && fields["ok"]?.GetValueKind() == JsonValueKind.True;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
