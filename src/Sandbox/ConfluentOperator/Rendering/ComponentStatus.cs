using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.ConfluentOperator.Rolling;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>Renders the status that the operator writes into a component's resource.</summary>
internal static class ComponentStatus
{
    public const string ClusterReady = "platform.confluent.io/cluster-ready";

    /// <summary>
    /// The status of a component whose StatefulSet is as given. Settled: every pod is there, of the newest revision and ready.
    /// </summary>
    public static JsonObject Render(
        Component component, Component? controllers, JsonObject statefulSet, RollStep roll, string operatorVersion, DateTimeOffset now)
    {
        JsonNode? set = statefulSet["status"];
        int ready = (int?)set?["readyReplicas"] ?? 0;
        int replicas = (int?)set?["replicas"] ?? 0;
        string? unsettled = roll.WaitsFor
            ?? (roll.Replace.Count > 0 ? $"replacing pod {string.Join(" and ", roll.Replace.Select(pod => pod.Name))}" : null)
            ?? (ready < component.Replicas || replicas != component.Replicas ? $"{ready} of {component.Replicas} pods are ready" : null);
        JsonObject status = new()
        {
            ["phase"] = unsettled is null ? "RUNNING" : "PROVISIONING",
            ["observedGeneration"] = component.Generation,
            ["operatorVersion"] = operatorVersion,
            ["clusterName"] = component.Name,
            ["clusterNamespace"] = component.Namespace,
            ["replicas"] = replicas,
            ["readyReplicas"] = ready,
            ["currentReplicas"] = (int?)set?["currentReplicas"] ?? 0,
            ["selector"] = string.Join(',', component.SelectorLabels.Select(label => $"{label.Key}={label.Value}")),
            ["conditions"] = new JsonArray(
                Condition(component, unsettled is null ? null : unsettled, unsettled is null ? "ClusterReady" : "ClusterNotReady", now)),
        };
        if (controllers is not null)
        {
            status["clusterID"] = controllers.ClusterId;
        }

        AddOfKind(status, component);
        return status;
    }

    /// <summary>What a component whose specification cannot be carried out gets: the generation is not observed.</summary>
    public static JsonObject RenderFailure(Component component, string reason, string message, DateTimeOffset now) => new()
    {
        ["phase"] = "PROVISIONING",
        ["conditions"] = new JsonArray(Condition(component, message, reason, now)),
    };

    private static void AddOfKind(JsonObject status, Component component)
    {
        if (component.Kind == ComponentKind.KRaftController)
        {
            status["controllerQuorumVoters"] = new JsonArray(
                [.. component.Voters.Select(voter => new JsonObject { ["nodeId"] = voter.NodeId, ["brokerEndpoint"] = voter.Endpoint })]);
            return;
        }

        if (!component.Kind.KeepsData)
        {
            AddOfClient(status, component);
            return;
        }

        status["minISR"] = SharedConfig.MinInSyncReplicas(component);
        status["replicationFactor"] = SharedConfig.ReplicationFactor(component);
        status["brokerIdOffset"] = component.NodeIdOffset;
        status["listeners"] = new JsonObject
        {
            ["internal"] = new JsonObject
            {
                ["authenticationType"] = "none",
                ["client"] = $"bootstrap.servers={component.Domain}:{component.Kind.ListenerPort}",
                ["internalEndpoint"] = $"{component.Domain}:{component.Kind.ListenerPort}",
                ["tls"] = false,
            },
        };
    }

    private static void AddOfClient(JsonObject status, Component component)
    {
        status["kafka"] = new JsonObject
            {
                ["bootstrapEndpoint"] = component.BootstrapEndpoint, ["authenticationType"] = "none", ["tls"] = false,
            };
        status["restConfig"] = new JsonObject
        {
            ["internalEndpoint"] = $"http://{component.Domain}:{component.Kind.ListenerPort}",
            ["authenticationType"] = "none",
            ["tls"] = false,
        };
        if (component.Kind == ComponentKind.Connect)
        {
            status["groupID"] = component.ConnectGroup;
        }
    }

    private static JsonObject Condition(Component component, string? notReadyBecause, string reason, DateTimeOffset now)
    {
        string status = notReadyBecause is null ? "True" : "False";
        JsonNode? before = (component.Status?["conditions"] as JsonArray ?? [])
            .FirstOrDefault(condition => (string?)condition!["type"] == ClusterReady && (string?)condition["status"] == status);
        string since = (string?)before?["lastTransitionTime"]
            ?? now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new()
        {
            ["type"] = ClusterReady,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = notReadyBecause ?? "Cluster is ready",
            ["lastTransitionTime"] = since,
        };
    }
}
