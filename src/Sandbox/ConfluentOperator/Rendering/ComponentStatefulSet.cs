using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>
/// The StatefulSet of a component. It replaces no pod by itself (<c>OnDelete</c>): the operator deletes pods one after the other, and only
/// that sequence knows of partitions and quorums.
/// </summary>
internal static class ComponentStatefulSet
{
    public static JsonObject Render(Component component, Component controllers) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "StatefulSet",
        ["metadata"] = OwnedMetadata.Render(component, component.Name),
        ["spec"] = new JsonObject
        {
            ["replicas"] = component.Replicas,
            ["serviceName"] = component.Name,
            ["podManagementPolicy"] = "Parallel",
            ["updateStrategy"] = new JsonObject { ["type"] = "OnDelete" },
            ["selector"] = new JsonObject { ["matchLabels"] = OwnedMetadata.Selector(component) },
            ["template"] = new JsonObject
            {
                ["metadata"] = TemplateMetadata(component, SharedConfig.Checksum(component, controllers)),
                ["spec"] = PodSpec(component, controllers),
            },
            ["volumeClaimTemplates"] = new JsonArray(DataVolumeClaim(component)),
        },
    };

    private static JsonObject TemplateMetadata(Component component, string configChecksum)
    {
        JsonObject labels = OwnedMetadata.Labels(component);
        JsonObject annotations = new() { [ConfluentAnnotations.ConfigChecksum] = configChecksum };
        CopyInto(labels, component.Spec["podTemplate"]?["labels"]);
        CopyInto(annotations, component.Spec["podTemplate"]?["annotations"]);
        return new() { ["labels"] = labels, ["annotations"] = annotations };
    }

    private static JsonObject PodSpec(Component component, Component controllers)
    {
        JsonObject spec = new()
        {
            ["terminationGracePeriodSeconds"] = (long?)component.Spec["podTemplate"]?["terminationGracePeriodSeconds"] ?? 300,
            ["initContainers"] = new JsonArray(new JsonObject { ["name"] = "config-init-container", ["image"] = component.InitImage }),
            ["containers"] = new JsonArray(Container(component, controllers)),
            ["volumes"] = new JsonArray(new JsonObject
            {
                ["name"] = "shared-config",
                ["configMap"] = new JsonObject { ["name"] = SharedConfig.Name(component) },
            }),
        };
        foreach (string field in (string[])["affinity", "topologySpreadConstraints", "tolerations", "priorityClassName", "serviceAccountName"])
        {
            if (component.Spec["podTemplate"]?[field] is { } value)
            {
                spec[field] = value.DeepClone();
            }
        }

        if ((bool?)component.Spec["oneReplicaPerNode"] == true)
        {
            spec["affinity"] = OnePerNode(component);
        }

        return spec;
    }

    private static JsonObject Container(Component component, Component controllers)
    {
        JsonObject container = new()
        {
            ["name"] = component.Kind.Type,
            ["image"] = component.Image,
            ["ports"] = new JsonArray(
                Port(component.Kind.ListenerName.ToLowerInvariant(), component.Kind.ListenerPort),
                Port("jolokia", ComponentKind.JolokiaPort)),
            ["env"] = new JsonArray(
                new JsonObject { ["name"] = "NODE_ID_OFFSET", ["value"] = $"{component.NodeIdOffset}" },
                new JsonObject { ["name"] = "CLUSTER_ID", ["value"] = controllers.ClusterId }),
            ["volumeMounts"] = new JsonArray(
                new JsonObject { ["name"] = "data0", ["mountPath"] = "/mnt/data/data0" },
                new JsonObject { ["name"] = "shared-config", ["mountPath"] = "/mnt/config/shared" }),
        };
        if (component.Spec["podTemplate"]?["resources"] is { } resources)
        {
            container["resources"] = resources.DeepClone();
        }

        return container;
    }

    private static JsonObject DataVolumeClaim(Component component)
    {
        JsonObject spec = new()
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["storage"] = component.Spec["dataVolumeCapacity"]!.DeepClone() },
            },
        };
        if ((string?)component.Spec["storageClass"]?["name"] is { } storageClass)
        {
            spec["storageClassName"] = storageClass;
        }

        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolumeClaim",
            ["metadata"] = new JsonObject { ["name"] = "data0", ["labels"] = OwnedMetadata.Labels(component) },
            ["spec"] = spec,
        };
    }

    private static JsonObject OnePerNode(Component component) => new()
    {
        ["podAntiAffinity"] = new JsonObject
        {
            ["requiredDuringSchedulingIgnoredDuringExecution"] = new JsonArray(new JsonObject
            {
                ["labelSelector"] = new JsonObject { ["matchLabels"] = OwnedMetadata.Selector(component) },
                ["topologyKey"] = "kubernetes.io/hostname",
            }),
        },
    };

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["containerPort"] = port, ["protocol"] = "TCP" };

    private static void CopyInto(JsonObject target, JsonNode? source)
    {
        foreach ((string name, JsonNode? value) in source as JsonObject ?? [])
        {
            target[name] = value?.DeepClone();
        }
    }
}
