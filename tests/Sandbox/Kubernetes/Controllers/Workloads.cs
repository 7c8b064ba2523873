using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>Objects that the tests create.</summary>
internal static class Workloads
{
    public static JsonObject StatefulSet(string name, int replicas, string spec = "{}")
    {
        JsonObject set = Parse($$$"""
            {
              "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "{{{name}}}"},
              "spec": {
                "replicas": {{{replicas}}}, "serviceName": "{{{name}}}",
                "selector": {"matchLabels": {"app": "{{{name}}}" } },
                "template": {
                  "metadata": {"labels": {"app": "{{{name}}}" } },
                  "spec": {
                    "terminationGracePeriodSeconds": 30,
                    "containers": [{"name": "main", "image": "lab/server:1"}]
                  }
                }
              }
            }
            """);
        foreach ((string field, JsonNode? value) in Parse(spec))
        {
            set["spec"]![field] = value!.DeepClone();
        }

        return set;
    }

    public static JsonObject Budget(string name, string spec)
    {
        JsonObject budget = Parse($$$"""
            {
              "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "{{{name}}}"},
              "spec": {"selector": {"matchLabels": {"app": "{{{name}}}" } } }
            }
            """);
        foreach ((string field, JsonNode? value) in Parse(spec))
        {
            budget["spec"]![field] = value!.DeepClone();
        }

        return budget;
    }

    public static JsonObject Pod(string name, string spec = "{}")
    {
        JsonObject pod = Parse($$$"""
            {
              "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "{{{name}}}", "labels": {"app": "{{{name}}}"} },
              "spec": {"containers": [{"name": "main", "image": "lab/server:1"}]}
            }
            """);
        foreach ((string field, JsonNode? value) in Parse(spec))
        {
            pod["spec"]![field] = value!.DeepClone();
        }

        return pod;
    }

    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
