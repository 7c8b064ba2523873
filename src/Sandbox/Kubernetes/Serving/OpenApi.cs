using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers <c>/openapi/v3</c>: which documents there are, and each of them.</summary>
internal sealed class OpenApi(ResourceCatalogue catalogue)
{
    private const string Root = "/openapi/v3";

    /// <summary>Answers a path of OpenAPI; false where it is none.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        string path = http.Request.Path.Value!;
        if (path == Root)
        {
            await ObjectWriter.AnswerAsync(http, Index());
            return true;
        }

        if (path == "/openapi/v2")
        {
            // An empty document: clients that find a kind in no document of version 3 look here before they say so.
            http.Response.ContentType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
            return true;
        }

        if (!path.StartsWith($"{Root}/", StringComparison.Ordinal))
        {
            return false;
        }

        string document = path[(Root.Length + 1)..];
        string name = ServerDocuments.NameOf(document);
        if (ServerDocuments.Names.Contains(name))
        {
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(ServerDocuments.Read(name), http.RequestAborted);
            return true;
        }

        string[] parts = document.Split('/');
        List<ResourceDefinition> custom = parts is ["apis", var group, var version]
            ? [.. catalogue.Custom.Where(each => each.Group == group && each.Version == version)]
            : [];
        if (custom.Count > 0)
        {
            await ObjectWriter.AnswerAsync(http, CustomDocument.Of(custom));
        }

        return custom.Count > 0;
    }

    private JsonObject Index()
    {
        JsonObject paths = [];
        foreach (string path in catalogue.All.Select(PathOf).Distinct())
        {
            paths[path] = new JsonObject { ["serverRelativeURL"] = $"{Root}/{path}?hash={Hash(path)}" };
        }

        return new JsonObject { ["paths"] = paths };
    }

    private static string PathOf(ResourceDefinition resource) =>
        resource.Group.Length == 0 ? $"api/{resource.Version}" : $"apis/{resource.ApiVersion}";

    // Clients keep what they have read under its hash.
    private string Hash(string path)
    {
        long sum = catalogue.Custom.Where(each => path == PathOf(each))
            .Aggregate(17L, (sum, each) => unchecked((sum * 31) + each.Schema.Json.GetRawText().GetHashCode(StringComparison.Ordinal)));
        return sum.ToString("X", null);
    }
}
