using System.Net;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>One call: what to send, and what to call it in errors.</summary>
internal sealed record ApiRequest(string Verb, HttpMethod Method, string Resource, string Path)
{
    /// <summary>Sent as JSON; null for none.</summary>
    public JsonNode? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string Accept { get; init; } = "application/json";

    /// <summary>An answer other than 2xx that is an answer to the question, and no error.</summary>
    public HttpStatusCode? AcceptedRefusal { get; init; }

    /// <summary>The protocol to change to; null for plain HTTP.</summary>
    public WebSocketUpgrade? Upgrade { get; init; }

    /// <summary>Set by the connection, for messages.</summary>
    public string Server { get; init; } = "";

    /// <summary>A 429 that names a waiting time was not carried out, so that any verb can wait and repeat it; an eviction must not.</summary>
    public bool WaitsWhenThrottled { get; init; } = true;

    /// <summary>"GET pods kafka/kafka-0 on https://10.0.0.1:6443".</summary>
    public override string ToString() => $"{Verb} {Resource} on {Server}";
}
