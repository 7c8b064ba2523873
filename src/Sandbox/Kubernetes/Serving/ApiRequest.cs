using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>A request for a resource: what its path and its query ask for.</summary>
internal sealed record ApiRequest(HttpContext Http, ResourceDefinition Resource, string? Namespace, string? Name, string Subresource)
{
    /// <summary>The object that it names.</summary>
    public ObjectKey Key => new(Resource.Key, Namespace, Name ?? "");

    /// <summary>Whether it asks for changes as they come.</summary>
    public bool IsWatch => Flag("watch");

    /// <summary>Whether it wants rows of a table, as kubectl prints them.</summary>
    public bool WantsTable => Http.Request.Headers.Accept.ToString().Contains("as=Table", StringComparison.Ordinal);

    /// <summary>Whether it wants metadata and nothing else.</summary>
    public bool WantsMetadata => Http.Request.Headers.Accept.ToString().Contains("as=PartialObjectMetadata", StringComparison.Ordinal);

    /// <summary>What the request does, as rules of access name it.</summary>
    public string Verb => Http.Request.Method switch
    {
        "GET" or "HEAD" => IsWatch ? "watch" : Name is null ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => Name is null ? "deletecollection" : "delete",
        var other => other.ToLowerInvariant(),
    };

    /// <summary>Reads a path of a resource; null where the path is none of one.</summary>
    /// <exception cref="StatusException">The resource is not served (404).</exception>
    public static ApiRequest? Read(HttpContext http, ResourceCatalogue catalogue)
    {
        string[] parts = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        (string group, string version, int next) = parts switch
        {
            ["api", var core, _, ..] => ("", core, 2),
            ["apis", var name, var served, _, ..] => (name, served, 3),
            _ => ("", "", 0),
        };
        if (next == 0)
        {
            return null;
        }

        // What follows is namespaces/NAMESPACE/RESOURCE/NAME/SUBRESOURCE; a namespace is a resource itself.
        string? space = null;
        ReadOnlySpan<string> rest = parts.AsSpan(next);
        if (rest.Length > 2 && rest[0] == "namespaces" && (rest[2] is not ("status" or "finalize") || rest.Length > 3))
        {
            space = rest[1];
            rest = rest[2..];
        }

        ResourceDefinition? resource = catalogue.Find(group, version, rest[0]);
        if (resource is null
            || (resource.IsNamespaced && space is null && rest.Length > 1)
            || (!resource.IsNamespaced && space is not null))
        {
            return catalogue.IsBuiltIn(group, version) ? throw StatusException.NoSuchResource() : null;
        }

        string subresource = rest.Length > 2 ? rest[2] : "";
        return subresource.Length > 0 && !resource.Subresources.ContainsKey(subresource)
            ? throw StatusException.NoSuchResource()
            : new ApiRequest(http, resource, space, rest.Length > 1 ? rest[1] : null, subresource);
    }

    /// <summary>A parameter of the query; null where it is missing or empty.</summary>
    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Whether a parameter of the query is set.</summary>
    public bool Flag(string name) => Query(name) is "true" or "1";

    /// <summary>How the request wants to write.</summary>
    /// <exception cref="StatusException">The request asks for what is not (400).</exception>
    public WriteOptions WriteOptions()
    {
        string agent = Http.Request.Headers.UserAgent.ToString();
        return new WriteOptions
        {
            FieldManager = Query("fieldManager") ?? (agent.Length == 0 ? "unknown" : agent.Split('/')[0]),
            FieldValidation = Query("fieldValidation") ?? "Warn",
            Force = Flag("force"),
            IsDryRun = IsDryRun(),
            Warn = text => Http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""),
        };
    }

    /// <summary>Whether the request only looks what would come of it.</summary>
    /// <exception cref="StatusException">It asks for some other kind of dry run (400).</exception>
    public bool IsDryRun() => Query("dryRun") switch
    {
        null => false,
        "All" => true,
        var other => throw StatusException.Invalid(
            "",
            Resource.Kind,
            "",
            [new FieldError("FieldValueNotSupported", "dryRun", $"Unsupported value: \"{other}\": supported values: \"All\"")]),
    };
}
