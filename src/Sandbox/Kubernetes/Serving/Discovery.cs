using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers what there is: groups, versions, resources.</summary>
internal sealed class Discovery(ResourceCatalogue catalogue)
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    /// <summary>Answers a path of discovery; false where it is none.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext http)
    {
        string[] path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        JsonObject? answer = path switch
        {
            ["version"] => (JsonObject)JsonNode.Parse(ServerDocuments.Read(ServerDocuments.Version))!,
            ["api"] => WantsAggregated(http) ? AllOf(isCore: true) : Versions(),
            ["apis"] => WantsAggregated(http) ? AllOf(isCore: false) : Groups(),
            ["apis", var group] => Group(group),
            ["api", var version] => Resources("", version),
            ["apis", var group, var version] => Resources(group, version),
            _ => null,
        };
        if (answer is null)
        {
            return false;
        }

        await ObjectWriter.AnswerAsync(
            http, answer, contentType: (string?)answer["kind"] == "APIGroupDiscoveryList" ? Aggregated : "application/json");
        return true;
    }

    /// <summary>Whether the client wants everything in one document, and can read the version of it that is served.</summary>
    private static bool WantsAggregated(HttpContext http)
    {
        string accept = http.Request.Headers.Accept.ToString();
        return accept.Contains("as=APIGroupDiscoveryList", StringComparison.Ordinal) && accept.Contains("v=v2;", StringComparison.Ordinal);
    }

    private static JsonObject Versions() => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    private JsonObject AllOf(bool isCore)
    {
        JsonArray items = [];
        foreach (JsonObject group in catalogue.BuiltIn.Select(each => JsonObject.Create(each)!).Concat(CustomGroups()))
        {
            if (group["metadata"]!["name"] is null == isCore)
            {
                items.Add(group);
            }
        }

        return new JsonObject
        {
            ["kind"] = "APIGroupDiscoveryList",
            ["apiVersion"] = "apidiscovery.k8s.io/v2",
            ["metadata"] = new JsonObject(),
            ["items"] = items,
        };
    }

    private IEnumerable<JsonObject> CustomGroups() => catalogue.Custom.GroupBy(each => each.Group).Select(group => new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = group.Key },
        ["versions"] = new JsonArray(
        [
            .. group.GroupBy(each => each.Version).Select(version => new JsonObject
            {
                ["version"] = version.Key,
                ["resources"] = new JsonArray([.. version.Select(Aggregate)]),
                ["freshness"] = "Current",
            }),
        ]),
    });

    private static JsonObject Aggregate(ResourceDefinition resource) => new()
    {
        ["resource"] = resource.Plural,
        ["responseKind"] = KindOf(resource, resource.Kind),
        ["scope"] = resource.IsNamespaced ? "Namespaced" : "Cluster",
        ["singularResource"] = resource.Singular,
        ["verbs"] = Texts(resource.Verbs),
        ["shortNames"] = Texts(resource.ShortNames),
        ["categories"] = Texts(resource.Categories),
        ["subresources"] = new JsonArray(
        [
            .. resource.Subresources.Select(each => new JsonObject
            {
                ["subresource"] = each.Key,
                ["responseKind"] = new JsonObject
                {
                    ["group"] = each.Value.Group, ["version"] = each.Value.Version, ["kind"] = each.Value.Kind,
                },
                ["verbs"] = new JsonArray("get", "patch", "update"),
            }),
        ]),
    };

    private static JsonObject KindOf(ResourceDefinition resource, string kind) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["kind"] = kind };

    private JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray(
            [.. catalogue.All.Select(each => each.Group).Where(each => each.Length > 0).Distinct().Select(each => Describe(each))]),
    };

    private JsonObject? Group(string name)
    {
        if (!catalogue.All.Any(each => each.Group == name))
        {
            return null;
        }

        JsonObject group = Describe(name);
        group.Insert(0, "kind", "APIGroup");
        group.Insert(1, "apiVersion", "v1");
        return group;
    }

    private JsonObject Describe(string name)
    {
        List<JsonObject> versions =
        [
            .. catalogue.All.Where(each => each.Group == name).Select(each => each.Version).Distinct()
                .Select(version => new JsonObject { ["groupVersion"] = $"{name}/{version}", ["version"] = version }),
        ];
        return new JsonObject
        {
            ["name"] = name,
            ["versions"] = new JsonArray([.. versions]),
            ["preferredVersion"] = versions[0].DeepClone(),
        };
    }

    private JsonObject? Resources(string group, string version)
    {
        List<ResourceDefinition> resources = [.. catalogue.All.Where(each => each.Group == group && each.Version == version)];
        if (resources.Count == 0)
        {
            return null;
        }

        JsonArray all = [];
        foreach (ResourceDefinition resource in resources)
        {
            JsonObject row = new()
            {
                ["name"] = resource.Plural,
                ["singularName"] = resource.Singular,
                ["namespaced"] = resource.IsNamespaced,
                ["kind"] = resource.Kind,
                ["verbs"] = Texts(resource.Verbs),
            };
            if (resource.ShortNames.Count > 0)
            {
                row["shortNames"] = Texts(resource.ShortNames);
            }

            if (resource.Categories.Count > 0)
            {
                row["categories"] = Texts(resource.Categories);
            }

            all.Add(row);
            foreach ((string subresource, SubresourceKind spoken) in resource.Subresources)
            {
                JsonObject part = new()
                {
                    ["name"] = $"{resource.Plural}/{subresource}",
                    ["singularName"] = "",
                    ["namespaced"] = resource.IsNamespaced,
                    ["kind"] = spoken.Kind,
                    ["verbs"] = Texts(ResourceDefinition.SubresourceVerbs(subresource)),
                };
                // kubectl evicts only where it finds the group of an eviction here.
                if (spoken.Group != resource.Group)
                {
                    part["group"] = spoken.Group;
                    part["version"] = spoken.Version;
                }

                all.Add(part);
            }
        }

        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = resources[0].ApiVersion,
            ["resources"] = all,
        };
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(each => (JsonNode)each)];
}
