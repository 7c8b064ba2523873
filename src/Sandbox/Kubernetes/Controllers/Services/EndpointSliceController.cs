using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Services;

/// <summary>Keeps the addresses of the pods behind each service in EndpointSlices of a hundred at most.</summary>
internal sealed class EndpointSliceController(ControlContext context, NodeCache nodes) : IController
{
    private const int Largest = 100;
    private const string ServiceLabel = "kubernetes.io/service-name";
    private static readonly GroupResource Slices = ResourceType.EndpointSlices;

    private readonly SelectorCache _services = new(
        ResourceType.Services, service => service.Spec.At("selector") is { } selector ? LabelSelector.OfLabels(selector) : null);

    public string Name => "endpointslice-controller.k8s.io";

    public void Observe(StoreEvent change)
    {
        StoredObject obj = change.Object;
        if (obj.Key.Resource == _services.Resource)
        {
            _services.Observe(change);
            context.Loop.Enqueue(this, obj.Key);
        }
        else if (obj.Key.Resource == PodCache.Resource && IsNews(change))
        {
            foreach (ObjectKey service in _services.Choosing(obj.Namespace!, obj.Labels))
            {
                context.Loop.Enqueue(this, service);
            }
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { IsBeingDeleted: false } service || _services.Find(key) is not { } selector)
        {
            return;
        }

        List<PodFacts> pods =
        [
            .. context.Pods.Select(key.Namespace!, selector).Where(pod => !pod.HasEnded && pod.Object.Status.Text("podIP") is not null)
                .OrderBy(pod => pod.Name.Length).ThenBy(pod => pod.Name, StringComparer.Ordinal),
        ];
        List<StoredObject> slices = [.. context.Owners.Of(service.Uid, Slices)];
        int wanted = Math.Max(1, (pods.Count + Largest - 1) / Largest);
        for (int i = 0; i < wanted; i++)
        {
            Write(service, i < slices.Count ? slices[i] : null, [.. pods.Skip(i * Largest).Take(Largest)]);
        }

        foreach (StoredObject surplus in slices.Skip(wanted))
        {
            context.Delete(surplus);
        }
    }

    private void Write(StoredObject service, StoredObject? slice, List<PodFacts> pods)
    {
        JsonArray endpoints = [.. pods.Select(pod => Endpoint(service, pod))];
        JsonArray ports = [.. service.Spec.Items("ports").Select(port => Port(port, pods.FirstOrDefault()))];
        if (slice is null)
        {
            context.Api.Create(ResourceType.EndpointSlices, Render(service, endpoints, ports));
            return;
        }

        context.Api.Update(slice.Key, obj =>
        {
            if (JsonNode.DeepEquals(obj["endpoints"], endpoints) && JsonNode.DeepEquals(obj["ports"], ports))
            {
                return false;
            }

            obj["endpoints"] = endpoints.DeepClone();
            obj["ports"] = ports.DeepClone();
            return true;
        });
    }

    private static bool IsNews(StoreEvent change)
    {
        if (change.Type != StoreEventType.Modified || change.Previous is not { } before)
        {
            return true;
        }

        PodFacts then = new(before), now = new(change.Object);
        return then.IsReady != now.IsReady || then.IsTerminating != now.IsTerminating || then.HasEnded != now.HasEnded
            || before.Status.Text("podIP") != change.Object.Status.Text("podIP")
            || before.Metadata.At("labels")?.GetRawText() != change.Object.Metadata.At("labels")?.GetRawText();
    }

    private JsonNode Endpoint(StoredObject service, PodFacts pod)
    {
        JsonObject endpoint = new()
        {
            ["addresses"] = new JsonArray(pod.Object.Status.Text("podIP")),
            ["conditions"] = new JsonObject
            {
                ["ready"] = service.Spec.Flag("publishNotReadyAddresses") || (pod.IsReady && !pod.IsTerminating),
                ["serving"] = service.Spec.Flag("publishNotReadyAddresses") || pod.IsReady,
                ["terminating"] = pod.IsTerminating,
            },
            ["nodeName"] = pod.Node,
            ["targetRef"] = new JsonObject
            {
                ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name, ["uid"] = pod.Uid,
            },
        };
        if (nodes.Find(pod.Node ?? "")?.Zone is { } zone)
        {
            endpoint["zone"] = zone;
        }

        if (pod.Object.Spec.Text("hostname") is { } hostname && pod.Object.Spec.Text("subdomain") == service.Name)
        {
            endpoint["hostname"] = hostname;
        }

        return endpoint;
    }

    private static JsonNode Port(JsonElement port, PodFacts? pod)
    {
        JsonElement? target = port.At("targetPort");
        long number = target is { ValueKind: JsonValueKind.Number } given ? given.GetInt64()
            : target?.GetString() is { } name && pod is not null
                ? pod.Object.Spec.Items("containers").SelectMany(each => each.Items("ports"))
                    .FirstOrDefault(each => each.Text("name") == name).Number("containerPort") ?? port.Number("port") ?? 0
                : port.Number("port") ?? 0;
        return new JsonObject
        {
            ["name"] = port.Text("name") ?? "", ["port"] = number, ["protocol"] = port.Text("protocol") ?? "TCP",
        };
    }

    private JsonObject Render(StoredObject service, JsonArray endpoints, JsonArray ports)
    {
        JsonObject labels = [];
        foreach ((string name, string value) in service.Labels)
        {
            labels[name] = value;
        }

        labels["endpointslice.kubernetes.io/managed-by"] = Name;
        labels[ServiceLabel] = service.Name;
        if (service.Spec.Text("clusterIP") == "None")
        {
            labels["service.kubernetes.io/headless"] = "";
        }

        return new JsonObject
        {
            ["apiVersion"] = "discovery.k8s.io/v1",
            ["kind"] = "EndpointSlice",
            ["metadata"] = new JsonObject
            {
                ["generateName"] = $"{service.Name}-",
                ["namespace"] = service.Namespace,
                ["labels"] = labels,
                ["ownerReferences"] = new JsonArray(OwnerReference.ToController(service)),
            },
            ["addressType"] = "IPv4",
            ["endpoints"] = endpoints.DeepClone(),
            ["ports"] = ports.DeepClone(),
        };
    }
}
