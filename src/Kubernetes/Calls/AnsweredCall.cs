namespace Orchestrator.Kubernetes;

/// <summary>Reads what an answer says about its call.</summary>
internal static class AnsweredCall
{
    public static ApiCall Describe(ApiRequest request, HttpResponseMessage response, TimeSpan duration) => new(
        request.Verb,
        request.Resource,
        (int)response.StatusCode,
        AuditId(response),
        [.. response.Headers.Warning.Select(warning => warning.Text.Trim('"'))],
        duration);

    public static string? AuditId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Audit-Id", out IEnumerable<string>? ids) ? ids.First() : null;
}
