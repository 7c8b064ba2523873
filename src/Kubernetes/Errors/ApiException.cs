using System.Net;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>
/// A call of the Kubernetes API did not do what was asked. The message names the verb, the object, the server and what the server
/// said: <c>GET pods kafka/kafka-0 on https://10.0.0.1:6443: 403 Forbidden: pods "kafka-0" is forbidden: …</c>.
/// </summary>
public sealed class ApiException : Exception
{
    internal ApiException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>What the server answered; null when there was no answer, or not a whole one.</summary>
    public HttpStatusCode? StatusCode { get; internal init; }

    /// <summary>The server's one-word reason, such as <c>Forbidden</c> or <c>Invalid</c>; null when it gave none.</summary>
    public string? Reason { get; internal init; }

    /// <summary>
    /// What was tried: <c>GET</c>, <c>LIST</c>, <c>WATCH</c>, <c>CREATE</c>, <c>REPLACE</c>, <c>APPLY</c>, <c>PATCH</c>, <c>DELETE</c> …
    /// </summary>
    public required string Verb { get; init; }

    /// <summary>What it was tried on: <c>kafkas.platform.confluent.io confluent/kafka</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The server it was asked of: <c>https://10.0.0.1:6443</c>.</summary>
    public required string Server { get; init; }

    /// <summary>How long the server asks to wait before the next try; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The server's whole <c>Status</c> object, with details and causes; null when the answer was none.</summary>
    public JsonObject? Status { get; internal init; }

    /// <summary>The whole answer where it is no <c>Status</c> object, such as that of a health check; null otherwise.</summary>
    public string? Text { get; internal init; }

    /// <summary>The <c>Audit-Id</c> of the call in the server's audit log; null when the server gave none.</summary>
    public string? AuditId { get; internal init; }

    /// <summary>
    /// Whether the same call may succeed later without anybody's doing: no answer, time-out, 408, 429, 5xx. False for a server
    /// whose certificate is not trusted.
    /// </summary>
    public bool IsTransient { get; internal init; }

    /// <summary>Whether the object itself is missing: not its kind, and not something on the way to the server.</summary>
    public bool IsNotFound => StatusCode == HttpStatusCode.NotFound && Reason == "NotFound" && Status?["details"]?["name"] is not null;

    /// <summary>Whether a precondition did not hold: the object changed, or is another one by now.</summary>
    public bool IsConflict => StatusCode == HttpStatusCode.Conflict && Reason == "Conflict";

    /// <summary>Whether an object of that name is there already.</summary>
    public bool IsAlreadyExists => StatusCode == HttpStatusCode.Conflict && Reason == "AlreadyExists";

    /// <summary>Whether the resourceVersion or the continue token is too old, so that one must list again.</summary>
    public bool IsExpired => StatusCode == HttpStatusCode.Gone;
}
