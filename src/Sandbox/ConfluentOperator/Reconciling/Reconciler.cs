using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator.Rendering;
using Orchestrator.Sandbox.ConfluentOperator.Rolling;
using Orchestrator.Sandbox.ConfluentOperator.Versions;

namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>
/// Brings one component one step closer to what its resource says. Everything it knows it reads from the API each time, so an operator that
/// was killed goes on where it was.
/// </summary>
internal sealed partial class Reconciler(
    IKubernetes kubernetes, RollPrecheck precheck, CfkOperatorOptions options, ILogger logger, TimeProvider timeProvider)
{
    /// <summary>The objects that it makes of the resources.</summary>
    public OwnedObjects Owned { get; } = new(kubernetes);

    /// <summary>Takes one step; says what the next one follows.</summary>
    public async Task<NextStep> StepAsync(
        ComponentKind kind, string @namespace, string name, OperatorFaults faults, CancellationToken cancellationToken)
    {
        JsonObject? resource = await kubernetes.FindAsync(ConfluentResources.Of(kind), @namespace, name, cancellationToken);
        if (resource is null || resource.DeletedAt() is not null)
        {
            // Its objects go with it, by their owner references.
            return NextStep.AfterChange;
        }

        Component component = new(kind, resource);
        if (component.IsBlocked)
        {
            return NextStep.AfterChange;
        }

        if (component.IsForced)
        {
            await ClearForceAsync(component, cancellationToken);
        }

        if (VersionMatrix.Refusal(options.Version, component) is { } unsupported)
        {
            await ReportAsync(component, Failure(component, "UnsupportedVersion", unsupported), cancellationToken);
            return NextStep.AfterChange;
        }

        Component? controllers = await FindControllersAsync(component, cancellationToken);
        if (controllers is null && component.Kind.KeepsData)
        {
            await ReportAsync(
                component, Failure(component, "DependencyNotReady", "the KRaftController is not there yet"), cancellationToken);
            return NextStep.AfterChange;
        }

        return await ReconcileAsync(component, controllers, faults, cancellationToken);
    }

    private async Task<NextStep> ReconcileAsync(
        Component component, Component? controllers, OperatorFaults faults, CancellationToken cancellationToken)
    {
        IReadOnlyList<RolledPod> pods = await ReadPodsAsync(component, cancellationToken);
        JsonObject? statefulSet = await kubernetes.FindAsync(
            ResourceType.StatefulSets, component.Namespace, component.Name, cancellationToken);
        if (statefulSet is null || !pods.Any(pod => pod.IsCrashLooping))
        {
            try
            {
                statefulSet = await Owned.ApplyAsync(component, controllers, statefulSet, cancellationToken);
            }
            catch (ApiException e) when (!e.IsTransient && !e.IsConflict)
            {
                LogApplyFailed(logger, component.Name, e.Message);
                await ReportAsync(component, Failure(component, "ApplyFailed", e.Message), cancellationToken);
                return NextStep.AfterFailure;
            }
        }

        RollStep roll = await RollAsync(component, statefulSet, pods, faults, cancellationToken);
        await ReportAsync(
            component,
            ComponentStatus.Render(component, controllers, statefulSet, roll, options.Version, timeProvider.GetUtcNow()),
            cancellationToken);
        return roll.IsKeptByProcesses ? NextStep.AfterAsking : NextStep.AfterChange;
    }

    private async Task<RollStep> RollAsync(
        Component component,
        JsonObject statefulSet,
        IReadOnlyList<RolledPod> pods,
        OperatorFaults faults,
        CancellationToken cancellationToken)
    {
        if (statefulSet.ObservedGeneration() is not { } observed || observed < statefulSet.Generation())
        {
            return RollStep.Wait("the StatefulSet is not up to date");
        }

        if (!component.Kind.KeepsData)
        {
            return StatefulSetRoll.Watch(component, statefulSet);
        }

        RollStep step = RollOrder.Next(component, (string)statefulSet["status"]!["updateRevision"]!, pods, faults);
        if (step.Replace.Count == 0)
        {
            return step;
        }

        if (!component.SkipsRollPrecheck && !faults.IgnoresPrecheck
            && await precheck.RefusalAsync(component, pods, cancellationToken) is { } refusal)
        {
            return RollStep.WaitForProcesses(refusal);
        }

        foreach (RolledPod pod in step.Replace)
        {
            LogReplacing(logger, pod.Name, pod.Uid, component.Name);
            await DeleteAsync(component, pod, cancellationToken);
        }

        return step;
    }

    private async Task DeleteAsync(Component component, RolledPod pod, CancellationToken cancellationToken)
    {
        try
        {
            await kubernetes.DeleteAsync(ResourceType.Pods, component.Namespace, pod.Name, new() { Uid = pod.Uid }, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // Another pod by now: the next step looks again.
        }
    }

    private async Task<Component?> FindControllersAsync(Component component, CancellationToken cancellationToken)
    {
        if (component.Kind != ComponentKind.Kafka)
        {
            return component.Kind == ComponentKind.KRaftController ? component : null;
        }

        JsonNode? reference = component.Spec["dependencies"]?["kRaftController"]?["clusterRef"];
        JsonObject? resource = (string?)reference?["name"] is { } name
            ? await kubernetes.FindAsync(
                ConfluentResources.KRaftControllers, (string?)reference["namespace"] ?? component.Namespace, name, cancellationToken)
            : null;
        return resource is null ? null : new(ComponentKind.KRaftController, resource);
    }

    private async Task<IReadOnlyList<RolledPod>> ReadPodsAsync(Component component, CancellationToken cancellationToken)
    {
        ListOptions selected = new() { LabelSelector = component.LabelSelector };
        ResourceList list = await kubernetes.ListAsync(ResourceType.Pods, component.Namespace, selected, cancellationToken);
        return [.. list.Items.Select(RolledPod.Read)];
    }

    private Task ClearForceAsync(Component component, CancellationToken cancellationToken)
    {
        JsonObject annotations = new() { [ConfluentAnnotations.ForceReconcile] = null };
        return kubernetes.MergePatchAsync(
            ConfluentResources.Of(component.Kind),
            component.Namespace,
            component.Name,
            new() { ["metadata"] = new JsonObject { ["annotations"] = annotations } },
            null,
            cancellationToken);
    }

    private JsonObject Failure(Component component, string reason, string message) =>
        ComponentStatus.RenderFailure(component, reason, message, timeProvider.GetUtcNow());

    // Writes the status where it differs from what the resource has.
    private async Task ReportAsync(Component component, JsonObject status, CancellationToken cancellationToken)
    {
        if (status.Any(field => !JsonNode.DeepEquals(field.Value, component.Status?[field.Key])))
        {
            await kubernetes.MergePatchAsync(
                ConfluentResources.Of(component.Kind),
                component.Namespace,
                component.Name,
                new() { ["status"] = status },
                "status",
                cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Replacing pod {Pod} ({Uid}) of {Component}")]
    private static partial void LogReplacing(ILogger logger, string pod, string uid, string component);

    [LoggerMessage(LogLevel.Warning, "The objects of {Component} cannot be applied: {Reason}")]
    private static partial void LogApplyFailed(ILogger logger, string component, string reason);
}
