using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator.Rendering;

namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>
/// Applies the objects of a component where they are to be others, or where somebody else has changed one of them. What was applied is
/// remembered to spare calls, not to decide anything: an operator that starts anew applies everything.
/// </summary>
internal sealed class OwnedObjects(IKubernetes kubernetes)
{
    private const string Gone = "";

    private static readonly ApplyOptions Apply = new() { Force = true, FieldManager = "confluent-operator" };

    private readonly ConcurrentDictionary<string, Applied> _applied = new();
    private readonly ConcurrentDictionary<(string Owner, string Plural, string Name), string> _seen = new();

    /// <summary>What the objects are.</summary>
    public static IReadOnlyList<ResourceType> Types { get; } =
        [ResourceType.Services, ResourceType.ConfigMaps, ResourceType.PodDisruptionBudgets, ResourceType.StatefulSets];

    /// <summary>Takes in what an object is like now.</summary>
    /// <returns>Whether it is other than it was applied.</returns>
    public bool Observe(ResourceType type, JsonObject obj, bool isGone)
    {
        if ((string?)(obj["metadata"]!["ownerReferences"] as JsonArray)?.FirstOrDefault()?["uid"] is not { } owner)
        {
            return false;
        }

        string version = isGone ? Gone : Version(obj);
        _seen[(owner, type.Plural, obj.Name())] = version;
        return !_applied.TryGetValue(owner, out Applied? applied)
            || applied.Versions.GetValueOrDefault((type.Plural, obj.Name())) != version;
    }

    /// <summary>The StatefulSet, as it is then.</summary>
    /// <exception cref="ApiException">The server refuses one of them.</exception>
    public async Task<JsonObject> ApplyAsync(
        Component component, Component? controllers, JsonObject? statefulSet, CancellationToken cancellationToken)
    {
        List<(ResourceType Type, JsonObject Object)> objects = [.. Render(component, controllers)];
        string text = string.Concat(objects.Select(each => each.Object.ToJsonString()));
        if (statefulSet is not null
            && _applied.TryGetValue(component.Uid, out Applied? before)
            && before.Text == text
            && before.Versions[(ResourceType.StatefulSets.Plural, component.Name)] == Version(statefulSet)
            && before.Versions.All(each => IsAsApplied(component.Uid, each.Key, each.Value)))
        {
            return statefulSet;
        }

        JsonObject last = [];
        Dictionary<(string Plural, string Name), string> versions = [];
        foreach ((ResourceType type, JsonObject obj) in objects)
        {
            last = await kubernetes.ApplyAsync(type, component.Namespace, obj.Name(), obj, Apply, cancellationToken);
            versions[(type.Plural, last.Name())] = Version(last);
        }

        await RemoveServicesOfMissingPodsAsync(component, cancellationToken);
        _applied[component.Uid] = new(text, versions);
        return last;
    }

    // What the status says changes no generation; what has none has no status that anybody writes.
    private static string Version(JsonObject obj) => obj.Generation() is { } generation ? $"{generation}" : obj.ResourceVersion()!;

    // An older version that is told late is none of ours either: the objects are applied once more, which changes nothing.
    private bool IsAsApplied(string owner, (string Plural, string Name) obj, string version) =>
        !_seen.TryGetValue((owner, obj.Plural, obj.Name), out string? seen) || seen == version;

    // A component that was made smaller keeps no address of a pod that it no longer has.
    private async Task RemoveServicesOfMissingPodsAsync(Component component, CancellationToken cancellationToken)
    {
        IEnumerable<string> ofPods = Enumerable.Range(0, component.Replicas).Select(ordinal => PodService.Name(component, ordinal));
        HashSet<string> kept = [component.Name, .. ofPods];
        ListOptions selected = new() { LabelSelector = component.LabelSelector };
        ResourceList services = await kubernetes.ListAsync(ResourceType.Services, component.Namespace, selected, cancellationToken);
        foreach (JsonObject service in services.Items.Where(
            service => !kept.Contains(service.Name()) && OwnedMetadata.IsOwned(service, component)))
        {
            await kubernetes.DeleteAsync(
                ResourceType.Services, component.Namespace, service.Name(), new() { Uid = service.Uid() }, cancellationToken);
        }
    }

    // The StatefulSet comes last: its pods need the others.
    private static IEnumerable<(ResourceType Type, JsonObject Object)> Render(Component component, Component? controllers)
    {
        yield return (ResourceType.Services, HeadlessService.Render(component));
        for (int ordinal = 0; ordinal < component.Replicas; ordinal++)
        {
            yield return (ResourceType.Services, PodService.Render(component, ordinal));
        }

        yield return (ResourceType.ConfigMaps, SharedConfig.Render(component, controllers));
        yield return (ResourceType.ConfigMaps, InitConfig.Render(component));
        if (DisruptionBudget.Render(component) is { } budget)
        {
            yield return (ResourceType.PodDisruptionBudgets, budget);
        }

        yield return (ResourceType.StatefulSets, ComponentStatefulSet.Render(component, controllers));
    }

    private sealed record Applied(string Text, IReadOnlyDictionary<(string Plural, string Name), string> Versions);
}
