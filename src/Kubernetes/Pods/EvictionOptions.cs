using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>How to evict.</summary>
public sealed record EvictionOptions
{
    /// <summary>Evicts only the pod with this uid; another one of the same name means that ours is gone. Default: null, any.</summary>
    public string? Uid { get; init; }

    /// <summary>Seconds that the pod may take to end. Default: null, what the pod itself says.</summary>
    public int? GracePeriodSeconds { get; init; }

    /// <summary>Asks the disruption budgets, and evicts nothing. Default: false.</summary>
    public bool DryRun { get; init; }

    internal JsonObject ToJson(string @namespace, string pod) => new()
    {
        ["apiVersion"] = "policy/v1",
        ["kind"] = "Eviction",
        ["metadata"] = new JsonObject { ["name"] = pod, ["namespace"] = @namespace },
        ["deleteOptions"] = new DeleteOptions { Uid = Uid, GracePeriodSeconds = GracePeriodSeconds, DryRun = DryRun }.ToJson(),
    };
}
