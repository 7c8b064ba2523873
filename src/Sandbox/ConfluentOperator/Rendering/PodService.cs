using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>The service of one pod, <c>kafka-0-internal</c>: an address that outlives the pod.</summary>
internal static class PodService
{
    public static string Name(Component component, int ordinal) => $"{component.Name}-{ordinal}-internal";

    public static JsonObject Render(Component component, int ordinal)
    {
        JsonObject selector = OwnedMetadata.Selector(component);
        selector["statefulset.kubernetes.io/pod-name"] = $"{component.Name}-{ordinal}";
        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = OwnedMetadata.Render(component, Name(component, ordinal)),
            ["spec"] = new JsonObject
            {
                ["publishNotReadyAddresses"] = true,
                ["selector"] = selector,
                ["ports"] = new JsonArray(new JsonObject
                {
                    ["name"] = component.Kind.ListenerName.ToLowerInvariant(),
                    ["port"] = component.Kind.ListenerPort,
                    ["protocol"] = "TCP",
                }),
            },
        };
    }
}
