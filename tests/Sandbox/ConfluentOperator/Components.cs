using System.Text.Json.Nodes;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

/// <summary>Custom resources as the API server gives them back.</summary>
internal static class Components
{
    public static Component Kafka(string spec = "{}") => Create(ComponentKind.Kafka, "kafka", spec);

    public static Component Controllers(string spec = "{}") => Create(ComponentKind.KRaftController, "kraftcontroller", spec);

    public static Component Connect(string spec = "{}") => Create(ComponentKind.Connect, "connect", spec);

    private static Component Create(ComponentKind kind, string name, string spec)
    {
        JsonObject resource = new()
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = "confluent",
                ["uid"] = "9a7b1c2d-3e4f-4a5b-8c6d-7e8f90a1b2c3",
                ["generation"] = 4,
            },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 3,
                ["dataVolumeCapacity"] = "10Gi",
                ["image"] = new JsonObject
                {
                    ["application"] = "confluentinc/cp-server:4.2.0",
                    ["init"] = "confluentinc/confluent-init-container:3.3.0",
                },
            },
        };
        foreach ((string field, JsonNode? value) in (JsonObject)JsonNode.Parse(spec)!)
        {
            resource["spec"]![field] = value?.DeepClone();
        }

        return new(kind, resource);
    }
}
