using System.Text.Json.Nodes;

namespace Orchestrator.Activities.Tests;

/// <summary>Small Kubernetes objects.</summary>
public static class Objects
{
    /// <summary>A node whose pods run by themselves.</summary>
    public static JsonObject Node(string name) => Parse($$"""
        {"metadata": {"name": "{{name}}",
                      "annotations": {"kwok.x-k8s.io/node": "fake"},
                      "labels": {"kubernetes.io/hostname": "{{name}}"} } }
        """);

    public static JsonObject Kafka(string name, int replicas, string? controllers = null)
    {
        JsonObject kafka = Parse($$"""
            {"apiVersion": "platform.confluent.io/v1beta1", "kind": "Kafka", "metadata": {"name": "{{name}}"},
             "spec": {"replicas": {{replicas}}, "dataVolumeCapacity": "1Gi", "image": {"application": "a:1", "init": "i:1"} } }
            """);
        if (controllers is not null)
        {
            kafka["spec"]!["dependencies"] = Parse($$"""{"kRaftController": {"clusterRef": {"name": "{{controllers}}"} } }""");
        }

        return kafka;
    }

    public static JsonObject Controllers(string name, int replicas) => Parse($$"""
        {"apiVersion": "platform.confluent.io/v1beta1", "kind": "KRaftController", "metadata": {"name": "{{name}}"},
         "spec": {"replicas": {{replicas}}, "dataVolumeCapacity": "1Gi", "image": {"application": "a:1", "init": "i:1"} } }
        """);

    /// <summary>A StatefulSet as the operator makes one.</summary>
    public static JsonObject StatefulSet(string name, string type, int replicas, string node) => Parse($$"""
        {"metadata": {"name": "{{name}}"},
         "spec": {"replicas": {{replicas}}, "serviceName": "{{name}}", "podManagementPolicy": "Parallel",
                  "selector": {"matchLabels": {"app": "{{name}}"} },
                  "template": {"metadata": {"labels": {"app": "{{name}}",
                                                       "platform.confluent.io/type": "{{type}}", "confluent-platform": "true"} },
                               "spec": {"nodeSelector": {"kubernetes.io/hostname": "{{node}}"},
                                        "containers": [{"name": "c", "image": "i"}]} } } }
        """);

    public static JsonObject Operator(string name) => Parse($$"""
        {"metadata": {"name": "{{name}}", "labels": {"app": "confluent-operator"} },
         "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "confluent-operator"} },
                  "template": {"metadata": {"labels": {"app": "confluent-operator", "confluent-platform": "true"} },
                               "spec": {"containers": [{"name": "c", "image": "i"}]} } } }
        """);

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
