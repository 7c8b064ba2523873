using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>What is in a cluster from the start.</summary>
internal static class Bootstrap
{
    private static readonly string[] Namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];
    private static readonly WriteOptions Server = new() { FieldManager = "kube-apiserver" };

    /// <summary>Creates the namespaces of the system and the service of the API.</summary>
    public static void Create(KubernetesApi api)
    {
        foreach (string name in Namespaces)
        {
            api.Create(ResourceType.Namespaces, New("v1", "Namespace", null, name), Server);
        }

        foreach (JsonNode? each in (JsonArray)JsonNode.Parse(ServerDocuments.Read(ServerDocuments.Access))!["items"]!)
        {
            // They are as the server wrote them: nothing is to be completed.
            JsonObject obj = (JsonObject)each!.DeepClone();
            api.Store.Create((string?)obj["kind"] == "ClusterRole" ? ResourceType.ClusterRoles : ResourceType.ClusterRoleBindings, obj);
        }

        JsonObject service = New("v1", "Service", "default", "kubernetes");
        service["metadata"]!["labels"] = new JsonObject { ["component"] = "apiserver", ["provider"] = "kubernetes" };
        service["spec"] = new JsonObject
        {
            ["clusterIP"] = "10.96.0.1",
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "https", ["port"] = 443, ["protocol"] = "TCP", ["targetPort"] = 6443 }),
        };
        api.Create(ResourceType.Services, service, Server);
    }

    /// <summary>Creates what every namespace has.</summary>
    public static void Fill(KubernetesApi api, string name) =>
        api.Create(ResourceType.ServiceAccounts, New("v1", "ServiceAccount", name, "default"));

    private static JsonObject New(string apiVersion, string kind, string? @namespace, string name)
    {
        JsonObject metadata = new() { ["name"] = name };
        if (@namespace is not null)
        {
            metadata["namespace"] = @namespace;
        }

        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }
}
