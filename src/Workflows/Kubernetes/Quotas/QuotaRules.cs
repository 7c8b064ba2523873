using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kubernetes.Quotas;

/// <summary>
/// Whether a pod that is deleted can come back as far as ResourceQuotas go. Pure. A quota without room for one more pod blocks although the
/// deleted pod gives its share back: until the quota's status follows, or where another pod takes that share, the new pod is refused.
/// </summary>
public static class QuotaRules
{
    /// <summary>Every reason why not; empty where it can.</summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="reading">What its quotas leave; null where nobody asked.</param>
    public static IReadOnlyList<Refusal> Check(string @namespace, QuotaReading? reading)
    {
        if (reading is null)
        {
            return [];
        }

        return reading.Unread is { } reason
            ?
            [
                Refusal.Unknown(
                    KubernetesCodes.QuotaFull,
                    $"Could not read whether the ResourceQuotas of namespace {@namespace} leave room for a pod: {reason}",
                    "resourcequotas",
                    $"Grant the verb list on resourcequotas in {@namespace} to the identity that the worker uses."),
            ]
            : [.. reading.Quotas.Where(quota => quota.Used + quota.Needed > quota.Hard).Select(quota => Full(@namespace, quota))];
    }

    private static Refusal Full(string @namespace, QuotaSnapshot quota)
    {
        string inUse = $"{quota.Show(quota.Used)} of {quota.Show(quota.Hard)} {quota.Resource}";
        string needed = quota.Show(quota.Needed);
        return Refusal.Block(
            KubernetesCodes.QuotaFull,
            $"ResourceQuota {@namespace}/{quota.Quota} has {inUse} in use, and pod {quota.Pod} needs {needed}: "
                + "once deleted, it may not come back.",
            $"resourcequota {@namespace}/{quota.Quota}",
            inUse,
            $"room for {needed}",
            $"Raise {quota.Resource} of the quota to at least {quota.Show(quota.Used + quota.Needed)}, or remove unneeded pods.");
    }
}
