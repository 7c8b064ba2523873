using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>
/// The StatefulSet of a component. One whose pods keep data replaces none by itself (<c>OnDelete</c>): the operator deletes pods one after
/// the other, and only that sequence knows of partitions and quorums.
/// </summary>
internal static class ComponentStatefulSet
{
    private const int LivenessGraceSeconds = 10;

    public static JsonObject Render(Component component, Component? controllers) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = "StatefulSet",
        ["metadata"] = OwnedMetadata.Render(component, component.Name),
        ["spec"] = new JsonObject
        {
            ["replicas"] = component.Replicas,
            ["serviceName"] = component.Name,
            ["podManagementPolicy"] = "Parallel",
            ["updateStrategy"] = new JsonObject { ["type"] = component.Kind.KeepsData ? "OnDelete" : "RollingUpdate" },
            ["selector"] = new JsonObject { ["matchLabels"] = OwnedMetadata.Selector(component) },
            ["template"] = new JsonObject
            {
                ["metadata"] = TemplateMetadata(component, SharedConfig.Checksum(component, controllers)),
                ["spec"] = PodSpec(component, controllers),
            },
            ["volumeClaimTemplates"] = component.Kind.KeepsData ? new JsonArray(DataVolumeClaim(component)) : [],
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

    private static JsonObject PodSpec(Component component, Component? controllers)
    {
        JsonObject spec = new()
        {
            ["terminationGracePeriodSeconds"] = (long?)component.Spec["podTemplate"]?["terminationGracePeriodSeconds"] ?? 300,
            ["initContainers"] = new JsonArray(new JsonObject { ["name"] = "config-init-container", ["image"] = component.InitImage }),
            ["containers"] = new JsonArray(Container(component, controllers)),
            ["volumes"] = new JsonArray(
                ConfigVolume("shared-config", SharedConfig.Name(component)), ConfigVolume("init-config", InitConfig.Name(component))),
        };
        foreach (string field in (string[])[
            "affinity", "topologySpreadConstraints", "tolerations", "priorityClassName", "serviceAccountName"])
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

    private static JsonObject Container(Component component, Component? controllers)
    {
        JsonObject container = new()
        {
            ["name"] = component.Kind.Type,
            ["image"] = component.Image,
            ["ports"] = new JsonArray(
                Port(component.Kind.ListenerName.ToLowerInvariant(), component.Kind.ListenerPort),
                Port("jolokia", ComponentKind.JolokiaPort)),
            ["env"] = new JsonArray(),
            ["volumeMounts"] = new JsonArray(
                new JsonObject { ["name"] = "shared-config", ["mountPath"] = "/mnt/config/shared" },
                new JsonObject { ["name"] = "init-config", ["mountPath"] = "/mnt/config/init" }),
        };
        if (controllers is not null)
        {
            container["env"] = new JsonArray(
                new JsonObject { ["name"] = "NODE_ID_OFFSET", ["value"] = $"{component.NodeIdOffset}" },
                new JsonObject { ["name"] = "CLUSTER_ID", ["value"] = controllers.ClusterId });
            ((JsonArray)container["volumeMounts"]!).Insert(0, new JsonObject { ["name"] = "data0", ["mountPath"] = "/mnt/data/data0" });
        }

        if (component.Spec["podTemplate"]?["probe"]?["liveness"] is JsonObject liveness)
        {
            container["livenessProbe"] = LivenessProbe(liveness);
        }

        if (component.Spec["podTemplate"]?["resources"] is { } resources)
        {
            container["resources"] = resources.DeepClone();
        }

        return container;
    }

    private static JsonObject LivenessProbe(JsonObject liveness)
    {
        JsonObject probe = new()
        {
            ["httpGet"] = new JsonObject
            {
                ["path"] = (string?)liveness["path"] ?? "/jolokia/version",
                ["port"] = (int?)liveness["port"] ?? ComponentKind.JolokiaPort,
            },
            // What does not answer any more does not shut down either.
            ["terminationGracePeriodSeconds"] = LivenessGraceSeconds,
        };
        foreach (string field in (string[])["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"])
        {
            if (liveness[field] is { } value)
            {
                probe[field] = value.DeepClone();
            }
        }

        return probe;
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

    private static JsonObject ConfigVolume(string name, string configMap) =>
        new() { ["name"] = name, ["configMap"] = new JsonObject { ["name"] = configMap } };

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
