using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Makes the error out of an answer that says no.</summary>
internal static class FailedAnswer
{
    private const int LongestForeignText = 300;

    /// <summary>An HTTP answer other than 2xx, which is disposed of.</summary>
    public static async Task<ApiException> ReadAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            JsonObject? status = ReadStatus(text);
            return Make(
                call,
                response.StatusCode,
                status,
                (string?)status?["message"] ?? ForeignText(response.StatusCode, text),
                response.Headers.RetryAfter?.Delta ?? WaitAskedFor(status),
                response.Headers.TryGetValues("Audit-Id", out IEnumerable<string>? ids) ? ids.First() : null,
                status is null ? text : null);
        }
    }

    /// <summary>A <c>Status</c> that came inside an answer that began well, as in a watch.</summary>
    public static ApiException From(ApiCall call, JsonObject status)
    {
        HttpStatusCode code = (HttpStatusCode)((int?)status["code"] ?? 500);
        return Make(call, code, status, (string?)status["message"] ?? status.ToJsonString(), WaitAskedFor(status), auditId: null);
    }

    private static ApiException Make(
        ApiCall call, HttpStatusCode code, JsonObject? status, string text, TimeSpan? retryAfter, string? auditId, string? foreign = null)
    {
        string? reason = (string?)status?["reason"];
        return new ApiException($"{call}: {(int)code} {(string.IsNullOrEmpty(reason) ? code.ToString() : reason)}: {text}")
        {
            StatusCode = code,
            Reason = reason,
            Verb = call.Verb,
            Resource = call.Resource,
            Server = call.Server,
            RetryAfter = retryAfter,
            Status = status,
            AuditId = auditId,
            Text = foreign,
            IsTransient = (int)code is 408 or 429 or >= 500 and not 501,
        };
    }

    private static JsonObject? ReadStatus(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject status && (string?)status["kind"] == "Status" ? status : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not from an API server, or from a part of it that speaks plain text: the caller shows the text itself.
            return null;
        }
    }

    // Where a group is not served at all, the API server says so in plain text.
    private static string ForeignText(HttpStatusCode code, string text) =>
        code == HttpStatusCode.NotFound ? $"the server does not serve this path ({OneLine(text)})" : OneLine(text);

    private static string OneLine(string body)
    {
        string text = string.Join(' ', body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length switch
        {
            0 => "the answer has no body",
            > LongestForeignText => $"{text[..LongestForeignText]}…",
            _ => text,
        };
    }

    private static TimeSpan? WaitAskedFor(JsonObject? status) =>
        (int?)status?["details"]?["retryAfterSeconds"] is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
