using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>
/// What a pod's init container reads before the main one starts. It is not part of the template: a change of it restarts no pod.
/// </summary>
internal static class InitConfig
{
    public static string Name(Component component) => $"{component.Name}-init-config";

    public static JsonObject Render(Component component) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = OwnedMetadata.Render(component, Name(component)),
        ["data"] = new JsonObject { ["component.type"] = component.Kind.Type, ["cluster.domain"] = component.Domain },
    };
}
