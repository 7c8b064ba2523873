using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.ReplicaSets;

/// <summary>Keeps as many pods of a template as a ReplicaSet asks for, and counts them.</summary>
internal sealed class ReplicaSetController(ControlContext context) : IController
{
    private static readonly GroupResource Sets = ResourceType.ReplicaSets;
    private static readonly EventSource Source = new("replicaset-controller");

    public string Name => "replicaset-controller";

    public void Observe(StoreEvent change) => context.EnqueueOwn(this, change, Sets, "ReplicaSet");

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } set)
        {
            return;
        }

        List<PodFacts> pods = [.. context.Pods.ControlledBy(set.Uid).Where(pod => !pod.IsTerminating && !pod.HasEnded)];
        string? failure = null;
        try
        {
            Scale(set, pods);
        }
        catch (StatusException e)
        {
            failure = e.Message;
            throw;
        }
        finally
        {
            Write(set, pods, failure);
        }
    }

    private void Scale(StoredObject set, List<PodFacts> pods)
    {
        int wanted = (int)(set.Spec.Number("replicas") ?? 1);
        if (set.IsBeingDeleted)
        {
            return;
        }

        for (int missing = wanted - pods.Count; missing > 0; missing--)
        {
            Create(set);
        }

        foreach (PodFacts pod in pods.OrderBy(Worth).ThenByDescending(pod => pod.Object.ResourceVersion).Take(pods.Count - wanted))
        {
            context.Delete(pod.Object);
            context.Events.Normal(Source, set, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }
    }

    // What goes first: pods without a node, then those that do not run, then those that are not ready.
    private static int Worth(PodFacts pod) => pod.Node is null ? 0 : pod.Phase == "Pending" ? 1 : pod.IsReady ? 3 : 2;

    private void Create(StoredObject set)
    {
        try
        {
            StoredObject pod = context.Api.Create(ResourceType.Pods, PodTemplate.Render(set, $"{set.Name}-"));
            context.Events.Normal(Source, set, "SuccessfulCreate", $"Created pod: {pod.Name}");
        }
        catch (StatusException e)
        {
            context.Events.Warning(Source, set, "FailedCreate", $"Error creating: {e.Message}");
            throw;
        }
    }

    private void Write(StoredObject set, List<PodFacts> pods, string? failure)
    {
        TimeSpan minReady = TimeSpan.FromSeconds(set.Spec.Number("minReadySeconds") ?? 0);
        long generation = set.Metadata.Number("generation") ?? 0;
        int ready = pods.Count(pod => pod.IsReady);
        int available = pods.Count(pod => pod.IsAvailable(minReady, context.Now));
        bool hasFailed = set.Status.Items("conditions").Any(each => each.Text("type") == "ReplicaFailure");
        if (set.Status.Number("replicas") == pods.Count && (set.Status.Number("readyReplicas") ?? 0) == ready
            && (set.Status.Number("availableReplicas") ?? 0) == available && set.Status.Number("observedGeneration") == generation
            && hasFailed == failure is not null)
        {
            return;
        }

        context.UpdateStatus(set.Key, obj =>
        {
            JsonObject status = obj.Part("status");
            status["replicas"] = pods.Count;
            status["observedGeneration"] = generation;
            foreach ((string name, int count) in new[]
            {
                ("fullyLabeledReplicas", pods.Count), ("readyReplicas", ready), ("availableReplicas", available),
            })
            {
                status.Remove(name);
                if (count > 0)
                {
                    status[name] = count;
                }
            }

            status.Remove("conditions");
            if (failure is not null)
            {
                Conditions.Set(obj, "ReplicaFailure", "True", "FailedCreate", failure, context.Now);
            }

            return true;
        });
        if (minReady > TimeSpan.Zero && available < ready)
        {
            context.Loop.EnqueueAfter(minReady, $"pods of {set.Name} become available", this, set.Key);
        }
    }
}
