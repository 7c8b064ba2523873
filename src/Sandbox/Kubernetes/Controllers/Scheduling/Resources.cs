using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>Cores, bytes of memory and a number of pods.</summary>
internal readonly record struct Resources(decimal Cpu, decimal Memory, int Pods)
{
    /// <summary>What a pod asks for: the sum of its containers, or the largest of its init containers where that is more.</summary>
    public static Resources OfPod(JsonElement spec)
    {
        decimal cpu = 0, memory = 0;
        foreach (JsonElement container in spec.Items("containers"))
        {
            cpu += Asked(container, "cpu");
            memory += Asked(container, "memory");
        }

        foreach (JsonElement init in spec.Items("initContainers"))
        {
            cpu = Math.Max(cpu, Asked(init, "cpu"));
            memory = Math.Max(memory, Asked(init, "memory"));
        }

        return new Resources(cpu, memory, 1);
    }

    /// <summary>What a node has for pods; what it does not say it has without end.</summary>
    public static Resources OfNode(JsonElement status)
    {
        JsonElement? own = status.At("allocatable") ?? status.At("capacity");
        return new Resources(
            Given(own, "cpu", 1_000_000), Given(own, "memory", 1e18m), own?.Text("pods") is { } pods ? (int)Quantity.Read(pods) : 110);
    }

    public Resources Add(Resources other) => new(Cpu + other.Cpu, Memory + other.Memory, Pods + other.Pods);

    public Resources Subtract(Resources other) => new(Cpu - other.Cpu, Memory - other.Memory, Pods - other.Pods);

    private static decimal Given(JsonElement? own, string name, decimal otherwise) =>
        own?.Text(name) is { } text ? Quantity.Read(text) : otherwise;

    private static decimal Asked(JsonElement container, string name) => container.At("resources", "requests", name) is { } asked
        ? Quantity.Read(asked.ValueKind == JsonValueKind.String ? asked.GetString() : asked.GetRawText())
        : container.At("resources", "limits", name) is { } limit
            ? Quantity.Read(limit.ValueKind == JsonValueKind.String ? limit.GetString() : limit.GetRawText())
            : 0;
}
