using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>How a node finds a process that hangs: it asks over HTTP.</summary>
/// <param name="Path">The path, at the process's Jolokia agent whatever port the pod names.</param>
/// <param name="Period">How often it asks.</param>
/// <param name="Timeout">How long it waits for an answer.</param>
/// <param name="FailureThreshold">Failures in a row after which the process is ended.</param>
/// <param name="GracePeriod">How long it has to end by itself then.</param>
internal sealed record LivenessProbe(string Path, TimeSpan Period, TimeSpan Timeout, int FailureThreshold, TimeSpan GracePeriod)
{
    /// <summary>Reads a container's probe, with the defaults of Kubernetes.</summary>
    public static LivenessProbe Read(JsonObject probe, TimeSpan graceOfThePod) => new(
        (string?)probe["httpGet"]?["path"] ?? "/",
        TimeSpan.FromSeconds((int?)probe["periodSeconds"] ?? 10),
        TimeSpan.FromSeconds((int?)probe["timeoutSeconds"] ?? 1),
        (int?)probe["failureThreshold"] ?? 3,
        (int?)probe["terminationGracePeriodSeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds) : graceOfThePod);
}
