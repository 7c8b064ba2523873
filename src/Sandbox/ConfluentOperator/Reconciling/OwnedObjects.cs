using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator.Rendering;

namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>
/// Applies the objects of a component: at once where they or the StatefulSet have changed, and now and then against other changes. What was
/// applied is remembered to spare calls, not to decide anything: an operator that starts anew applies everything.
/// </summary>
internal sealed class OwnedObjects(IKubernetes kubernetes, TimeSpan again, TimeProvider timeProvider)
{
    private static readonly ApplyOptions Apply = new() { Force = true, FieldManager = "confluent-operator" };

    private readonly ConcurrentDictionary<string, Applied> _applied = new();

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
            && before.Generation == statefulSet.Generation()
            && timeProvider.GetElapsedTime(before.At) < again)
        {
            return statefulSet;
        }

        JsonObject last = [];
        foreach ((ResourceType type, JsonObject obj) in objects)
        {
            last = await kubernetes.ApplyAsync(type, component.Namespace, obj.Name(), obj, Apply, cancellationToken);
        }

        await RemoveServicesOfMissingPodsAsync(component, cancellationToken);
        _applied[component.Uid] = new(text, last.Generation(), timeProvider.GetTimestamp());
        return last;
    }

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

    private sealed record Applied(string Text, long? Generation, long At);
}
