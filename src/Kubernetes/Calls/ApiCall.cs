using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>
/// What to call a request in errors, and which rules hold for it; read from the request itself, so that no call can lack it.
/// </summary>
internal sealed record ApiCall(string Verb, string Resource, string Server)
{
    private static readonly HttpRequestOptionsKey<ApiCall> Key = new("Orchestrator.ApiCall");

    // The schemas inside CustomResourceDefinitions nest deeper than the platform's default of 64.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = ClusterConnection.DeepestJson };

    /// <summary>
    /// Whether the answer goes on until somebody ends it: a watch, a followed log, a WebSocket. Its time limit ends with its headers.
    /// </summary>
    public bool IsLive { get; private init; }

    /// <summary>Whether the object is written: created, replaced or patched.</summary>
    public bool Writes { get; private init; }

    /// <summary>
    /// A 429 that names a waiting time was not carried out, so that any verb can wait and repeat it; an eviction must not.
    /// </summary>
    public bool WaitsWhenThrottled => Verb != "EVICT";

    /// <summary>"GET pods kafka/kafka-0 on https://10.0.0.1:6443".</summary>
    public override string ToString() => $"{Verb} {Resource} on {Server}";

    /// <summary>
    /// The call of a request; the first time that it is asked, it is read from the address and the body, and kept with the request.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="server">Address of the API server; its path, if any, is a prefix of every request.</param>
    public static ApiCall Of(HttpRequestMessage request, Uri server)
    {
        if (!request.Options.TryGetValue(Key, out ApiCall? call))
        {
            call = Read(request, server);
            request.Options.Set(Key, call);
        }

        return call;
    }

    /// <summary>The server for messages: without what may be secret in its address.</summary>
    public static string NameOf(Uri server) =>
        server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    private static ApiCall Read(HttpRequestMessage request, Uri server)
    {
        Uri address = request.RequestUri!;
        string prefix = server.AbsolutePath.TrimEnd('/');
        string path = address.AbsolutePath.StartsWith(prefix + "/", StringComparison.Ordinal)
            ? address.AbsolutePath[prefix.Length..]
            : address.AbsolutePath;
        string name = NameOf(server);
        bool isWatch = Asks(address, "watch");
        if (ResourcePath.Parse(path) is not { } resource)
        {
            return new(request.Method.Method, path, name) { IsLive = isWatch };
        }

        if (path.Contains("//", StringComparison.Ordinal) || path.EndsWith('/'))
        {
            throw new ArgumentException(
                $"{request.Method} {path} has an empty name: it would address a whole collection.",
                nameof(request));
        }

        string verb = Name(request, resource, isWatch);
        return new(verb, Describe(request, resource, verb), name)
        {
            IsLive = isWatch || verb == "EXEC" || (verb == "LOG" && Asks(address, "follow")),
            Writes = (request.Method == HttpMethod.Post || request.Method == HttpMethod.Put || request.Method == HttpMethod.Patch)
                && resource.Subresource is not ("exec" or "attach" or "portforward" or "proxy"),
        };
    }

    private static bool Asks(Uri address, string parameter) =>
        address.Query.Split('?', '&').Any(part => part == $"{parameter}=true" || part == $"{parameter}=1");

    private static string Name(HttpRequestMessage request, ResourcePath resource, bool isWatch) =>
        (request.Method.Method, resource.Subresource) switch
        {
            (_, "exec") => "EXEC",
            ("GET", "log") => "LOG",
            ("GET", _) => isWatch ? "WATCH" : resource.Name is null ? "LIST" : "GET",
            ("POST", "eviction") => "EVICT",
            ("POST", _) => "CREATE",
            ("PUT", _) => "REPLACE",
            ("PATCH", _) => request.Content?.Headers.ContentType?.MediaType == "application/apply-patch+yaml" ? "APPLY" : "PATCH",
            var (method, _) => method,
        };

    // A new object's name is in its body; "kafka-*" where the server completes it.
    private static string Describe(HttpRequestMessage request, ResourcePath resource, string verb)
    {
        if (verb != "CREATE" || resource.Name is not null || request.Content is null)
        {
            return resource.ToString();
        }

        try
        {
            JsonNode? metadata = JsonNode.Parse(request.Content.ReadAsStream(), documentOptions: Deep)?["metadata"];
            string? prefix = (string?)metadata?["generateName"];
            return (resource with { Name = (string?)metadata?["name"] ?? (prefix is null ? null : $"{prefix}*") }).ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return resource.ToString();
        }
    }
}
