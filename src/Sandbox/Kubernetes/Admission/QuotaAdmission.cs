using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Quotas;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Admission;

/// <summary>
/// The admission plugin ResourceQuota: refuses what a quota has no room for. A quota that nobody has counted yet lets all in.
/// </summary>
internal static class QuotaAdmission
{
    // Of these a quota makes every container say how much it wants.
    private static readonly string[] MustBeSaid =
        ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>Charges a new object to the quotas of its namespace, and names it where it asks for a name: the refusal says it.</summary>
    /// <exception cref="StatusException">A quota has no room for it (403).</exception>
    public static void Charge(ObjectStore store, ResourceDefinition resource, JsonObject obj, bool isDryRun)
    {
        string? @namespace = obj.Namespace();
        if (@namespace is null || store.List(ResourceType.ResourceQuotas, @namespace).Objects is not { Count: > 0 } quotas)
        {
            return;
        }

        if (obj["metadata"]?["name"] is null && (string?)obj["metadata"]?["generateName"] is { } prefix)
        {
            obj["metadata"]!["name"] = GeneratedName.After(prefix);
        }

        using JsonDocument json = JsonDocument.Parse(obj.ToJsonString());
        Dictionary<string, Quantity> asked = QuotaUsage.Of(resource.Key, json.RootElement);
        ObjectKey key = new(resource.Key, @namespace, obj["metadata"]?["name"]?.GetValue<string>() ?? "");
        foreach (StoredObject quota in quotas)
        {
            Refuse(key, quota, asked, json.RootElement);
        }

        foreach (StoredObject quota in isDryRun ? [] : quotas)
        {
            Take(store, quota.Key, asked);
        }
    }

    private static void Refuse(ObjectKey key, StoredObject quota, Dictionary<string, Quantity> asked, JsonElement obj)
    {
        Dictionary<string, string> hard = quota.Status.Texts("hard")
            .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        if (key.Resource == GroupResource.FromResourceType(ResourceType.Pods)
            && MustBeSaid.Where(name => hard.ContainsKey(name) && !asked.ContainsKey(name)).ToList() is { Count: > 0 } unsaid)
        {
            string containers = string.Join(',', obj.Items("spec", "containers").Select(each => each.Text("name")));
            throw StatusException.Forbidden(
                key,
                $"failed quota: {quota.Name}: must specify " +
                string.Join("; ", unsaid.Order(StringComparer.Ordinal).Select(each => $"{each} for: {containers}")));
        }

        List<string> exceeded =
        [
            .. asked.Keys.Where(name => hard.TryGetValue(name, out string? limit)
                && (Used(quota, name) + asked[name]).Value > Parse(limit).Value).Order(StringComparer.Ordinal),
        ];
        if (exceeded.Count > 0)
        {
            string List(Func<string, string> amount) => string.Join(',', exceeded.Select(each => $"{each}={amount(each)}"));
            throw StatusException.Forbidden(
                key,
                $"exceeded quota: {quota.Name}, requested: {List(each => asked[each].ToString())}, " +
                $"used: {List(each => Used(quota, each).ToString())}, limited: {List(each => hard[each])}");
        }
    }

    // So that the next object is judged by it, however late the controller counts.
    private static void Take(ObjectStore store, ObjectKey key, Dictionary<string, Quantity> asked)
    {
        while (store.Find(key) is { } quota)
        {
            JsonObject obj = quota.ToJson();
            foreach ((string name, _) in quota.Status.Texts("hard").Where(each => asked.ContainsKey(each.Key)))
            {
                obj.Part("status").Part("used")[name] = (Used(quota, name) + asked[name]).ToString();
            }

            try
            {
                store.Replace(quota, obj);
                return;
            }
            catch (StatusException e) when (e.IsConflict)
            {
                // Somebody counted in between.
            }
        }
    }

    private static Quantity Used(StoredObject quota, string name) => Parse(quota.Status.Text("used", name) ?? "0");

    private static Quantity Parse(string text) => Quantity.TryParse(text, out Quantity quantity) ? quantity : default;
}
