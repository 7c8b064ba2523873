using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>The kinds of Confluent for Kubernetes that a cluster serves, by discovery: a list of names would miss new ones.</summary>
internal static class ConfluentKinds
{
    private const string Group = "platform.confluent.io";

    /// <summary>The kinds; none where the group is not served.</summary>
    /// <exception cref="ApiException">Discovery failed.</exception>
    public static async Task<IReadOnlyList<ResourceType>> ReadAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        try
        {
            JsonNode group = JsonNode.Parse(await client.GetRawAsync($"/apis/{Group}", cancellationToken))!;
            string version = (string)group["preferredVersion"]!["version"]!;
            JsonNode kinds = JsonNode.Parse(await client.GetRawAsync($"/apis/{Group}/{version}", cancellationToken))!;
            return
            [
                .. (kinds["resources"]?.AsArray() ?? [])
                    .Where(kind => !((string)kind!["name"]!).Contains('/', StringComparison.Ordinal)
                        && (kind["verbs"]?.AsArray() ?? []).Any(verb => (string?)verb == "list"))
                    .Select(kind => new ResourceType(Group, version, (string)kind!["name"]!, (bool)kind["namespaced"]!)),
            ];
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
    }
}
