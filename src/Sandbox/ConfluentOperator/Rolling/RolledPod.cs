using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>What a roll needs to know of one pod.</summary>
internal sealed record RolledPod(
    string Name, int Ordinal, string Uid, string Revision, bool IsReady, bool IsTerminating, string? WaitingReason)
{
    /// <summary>Base address of the pod's Jolokia agent; null as long as the pod has no address.</summary>
    public Uri? Jolokia { get; init; }

    public bool IsCrashLooping => WaitingReason == "CrashLoopBackOff";

    public static RolledPod Read(JsonObject pod)
    {
        JsonNode metadata = pod["metadata"]!;
        JsonNode? status = pod["status"];
        string name = (string)metadata["name"]!;
        return new(
            name,
            int.Parse(name.AsSpan(name.LastIndexOf('-') + 1), CultureInfo.InvariantCulture),
            (string)metadata["uid"]!,
            (string?)metadata["labels"]?["controller-revision-hash"] ?? "",
            IsConditionTrue(status, "Ready"),
            metadata["deletionTimestamp"] is not null,
            ReadWaitingReason(status))
        {
            Jolokia = ReadJolokia(metadata, status),
        };
    }

    private static bool IsConditionTrue(JsonNode? status, string type) =>
        (status?["conditions"] as JsonArray ?? []).Any(
            condition => (string?)condition!["type"] == type && (string?)condition["status"] == "True");

    private static string? ReadWaitingReason(JsonNode? status) =>
        (status?["containerStatuses"] as JsonArray ?? [])
            .Select(container => (string?)container!["state"]?["waiting"]?["reason"])
            .FirstOrDefault(reason => reason is not null);

    private static Uri? ReadJolokia(JsonNode metadata, JsonNode? status)
    {
        string? address = (string?)metadata["annotations"]?[ConfluentAnnotations.JolokiaAddress];
        if (address is null && (string?)status?["podIP"] is { Length: > 0 } ip)
        {
            address = ip.Contains(':', StringComparison.Ordinal)
                ? $"[{ip}]:{ComponentKind.JolokiaPort}"
                : $"{ip}:{ComponentKind.JolokiaPort}";
        }

        return address is null ? null : new Uri($"http://{address}/jolokia/");
    }
}
