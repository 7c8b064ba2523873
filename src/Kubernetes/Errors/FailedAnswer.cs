using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Makes the error out of an answer that says no.</summary>
internal static class FailedAnswer
{
    private const int LongestForeignText = 300;

    /// <summary>An HTTP answer other than 2xx.</summary>
    public static KubernetesException From(ApiRequest request, HttpResponseMessage response, ApiAnswer answer)
    {
        JsonObject? status = ReadStatus(answer.Body.Span);
        return Make(
            request,
            response.StatusCode,
            status,
            status?["message"]?.GetValue<string>() ?? ForeignText(answer),
            response.Headers.RetryAfter?.Delta ?? WaitAskedFor(status),
            AnsweredCall.AuditId(response));
    }

    /// <summary>A <c>Status</c> that came inside an answer that began well, as in a watch.</summary>
    public static KubernetesException From(ApiRequest request, JsonObject status)
    {
        HttpStatusCode code = (HttpStatusCode)(status["code"]?.GetValue<int>() ?? 500);
        return Make(request, code, status, status["message"]?.GetValue<string>() ?? status.ToJsonString(), WaitAskedFor(status), auditId: null);
    }

    private static KubernetesException Make(
        ApiRequest request, HttpStatusCode code, JsonObject? status, string text, TimeSpan? retryAfter, string? auditId)
    {
        string? reason = status?["reason"]?.GetValue<string>();
        return new KubernetesException($"{request}: {(int)code} {(string.IsNullOrEmpty(reason) ? code.ToString() : reason)}: {text}")
        {
            StatusCode = code,
            Reason = reason,
            Verb = request.Verb,
            Resource = request.Resource,
            RetryAfter = retryAfter,
            Status = status,
            AuditId = auditId,
            IsTransient = (int)code is 408 or 429 or >= 500 and not 501,
        };
    }

    private static JsonObject? ReadStatus(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject status && status["kind"]?.GetValue<string>() == "Status" ? status : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not from an API server, or from a part of it that speaks plain text: the caller shows the text itself.
            return null;
        }
    }

    // Where a group is not served at all, the API server says so in plain text.
    private static string ForeignText(ApiAnswer answer) =>
        answer.Code == HttpStatusCode.NotFound ? $"the server does not serve this path ({OneLine(answer.Text)})" : OneLine(answer.Text);

    private static string OneLine(string body)
    {
        string text = string.Join(' ', body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length switch
        {
            0 => "the answer has no text",
            > LongestForeignText => $"{text[..LongestForeignText]}…",
            _ => text,
        };
    }

    private static TimeSpan? WaitAskedFor(JsonObject? status) =>
        status?["details"]?["retryAfterSeconds"]?.GetValue<int>() is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
}
