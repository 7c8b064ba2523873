using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Quotas;

namespace Orchestrator.Activities.Kubernetes.Quotas;

/// <summary>Reads how much room ResourceQuotas leave for one more pod.</summary>
internal static class QuotaReader
{
    /// <summary>Reads it for the pods of a component. That the worker may not read quotas is an answer: it blocks.</summary>
    /// <exception cref="ApiException">The call failed otherwise.</exception>
    public static async Task<QuotaReading> ReadAsync(
        IKubernetes client, string @namespace, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken)
    {
        try
        {
            return Of((await client.ListAsync(ResourceType.ResourceQuotas, @namespace, null, cancellationToken)).Items, pods);
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return new QuotaReading([], e.Message);
        }
    }

    /// <summary>What the quotas leave, the tightest first. Pure.</summary>
    public static QuotaReading Of(IEnumerable<JsonObject> quotas, IReadOnlyList<JsonObject> pods) => new(
    [
        .. quotas.SelectMany(quota => Limits(quota, pods))
            .OrderBy(quota => quota.Hard - quota.Used - quota.Needed)
            .ThenBy(quota => quota.Quota, StringComparer.Ordinal)
            .ThenBy(quota => quota.Resource, StringComparer.Ordinal)
            .Take(QuotaReading.Most),
    ]);

    private static IEnumerable<QuotaSnapshot> Limits(JsonObject quota, IReadOnlyList<JsonObject> pods)
    {
        List<JsonObject> counted = [.. pods.Where(pod => PodNeeds.IsCounted(pod, quota))];
        foreach ((string resource, JsonNode? hard) in quota["spec"]?["hard"]?.AsObject() ?? [])
        {
            (decimal? needed, JsonObject? pod) = counted.Select(pod => (Needed: PodNeeds.Of(pod, resource), Pod: pod))
                .OrderByDescending(row => row.Needed).FirstOrDefault();
            if (needed is { } amount && hard is not null)
            {
                JsonNode? used = quota["status"]?["used"]?[resource];
                decimal inUse = used is null ? 0 : Quantity.Parse($"{used}");
                yield return new(quota.Name(), resource, Quantity.Parse($"{hard}"), inUse, amount, pod!.Name());
            }
        }
    }
}
