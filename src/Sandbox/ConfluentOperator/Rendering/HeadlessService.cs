using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>The service that gives a component's pods their DNS names, ready or not: a quorum forms before its members are ready.</summary>
internal static class HeadlessService
{
    public static JsonObject Render(Component component) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = OwnedMetadata.Render(component, component.Name),
        ["spec"] = new JsonObject
        {
            ["clusterIP"] = "None",
            ["publishNotReadyAddresses"] = true,
            ["selector"] = OwnedMetadata.Selector(component),
            ["ports"] = new JsonArray(
                Port(component.Kind.ListenerName.ToLowerInvariant(), component.Kind.ListenerPort),
                Port("jolokia", ComponentKind.JolokiaPort)),
        },
    };

    private static JsonObject Port(string name, int port) => new() { ["name"] = name, ["port"] = port, ["protocol"] = "TCP" };
}
