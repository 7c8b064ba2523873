using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>What keeps pods off a node that do not tolerate it.</summary>
internal sealed record Taint(string Key, string Value, string Effect)
{
    /// <summary>The taints of a node.</summary>
    public static IReadOnlyList<Taint> Of(JsonElement nodeSpec) =>
    [
        .. nodeSpec.Items("taints")
            .Select(each => new Taint(each.Text("key") ?? "", each.Text("value") ?? "", each.Text("effect") ?? "")),
    ];

    /// <summary>Whether a pod tolerates it.</summary>
    public bool IsToleratedBy(JsonElement podSpec) => podSpec.Items("tolerations").Any(Fits);

    /// <summary>
    /// How long a pod may stay on a node with these taints of effect <c>NoExecute</c>: zero where it tolerates one of them not at all, null
    /// where it may stay for good.
    /// </summary>
    public static TimeSpan? Stay(IEnumerable<Taint> taints, JsonElement podSpec)
    {
        TimeSpan? stay = null;
        foreach (Taint taint in taints.Where(each => each.Effect == "NoExecute"))
        {
            List<JsonElement> fitting = [.. podSpec.Items("tolerations").Where(taint.Fits)];
            if (fitting.Count == 0)
            {
                return TimeSpan.Zero;
            }

            foreach (JsonElement toleration in fitting)
            {
                if (toleration.Number("tolerationSeconds") is { } seconds)
                {
                    TimeSpan limit = TimeSpan.FromSeconds(Math.Max(0, seconds));
                    stay = stay is null || limit < stay ? limit : stay;
                }
            }
        }

        return stay;
    }

    private bool Fits(JsonElement toleration)
    {
        string? effect = toleration.Text("effect");
        string? key = toleration.Text("key");
        if (!string.IsNullOrEmpty(effect) && effect != Effect)
        {
            return false;
        }

        return toleration.Text("operator") == "Exists"
            ? string.IsNullOrEmpty(key) || key == Key
            : key == Key && (toleration.Text("value") ?? "") == Value;
    }
}
