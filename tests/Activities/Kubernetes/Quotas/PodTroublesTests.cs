using System.Text.Json.Nodes;
using Orchestrator.Activities.Kubernetes.Quotas;

namespace Orchestrator.Activities.Tests.Kubernetes.Quotas;

/// <summary>Which events explain that a pod does not come back now, and not that another one did not before.</summary>
public sealed class PodTroublesTests
{
    private static readonly JsonObject StatefulSet =
        Object("""{ "metadata": { "name": "kafka", "namespace": "confluent", "uid": "set" } }""");
    private static readonly JsonObject Running = Object("""
        {
          "metadata": { "name": "kafka-0", "uid": "zero", "creationTimestamp": "2026-11-21T12:00:00Z" },
          "spec": { "nodeName": "a" },
          "status": { "phase": "Running" }
        }
        """);

    private static readonly JsonObject Pending = Object("""
        {
          "metadata": { "name": "kafka-1", "uid": "one", "creationTimestamp": "2026-11-21T12:01:00Z" },
          "spec": {},
          "status": { "phase": "Pending" }
        }
        """);

    [Fact]
    public void Troubles_OfAMissingPod_AreWhatFailedSinceTheNewestPodWasMade() => Assert.Equal(
        ["FailedCreate: exceeded quota: full"],
        PodTroubles.Of(
            [
                Event("FailedCreate", "set", "2026-11-21T12:00:30Z", "exceeded quota: full"),
                Event("FailedCreate", "set", "2026-11-21T12:00:40Z", "exceeded quota: full"),
                Event("FailedCreate", "set", "2026-11-21T11:59:00Z", "over"),
                Event("FailedCreate", "another", "2026-11-21T12:00:30Z", "not ours"),
                Event("BackOff", "zero", "2026-11-21T12:00:30Z", "something else"),
            ],
            StatefulSet,
            [Running]));

    [Fact]
    public void Troubles_OfAPendingPod_AreWhatTheSchedulerSaysOfThatPod() => Assert.Equal(
        ["FailedScheduling: 0/3 nodes are available"],
        PodTroubles.Of(
            [
                Event("FailedScheduling", "one", "2026-11-21T12:01:05Z", "0/3 nodes are available"),
                Event("FailedScheduling", "earlier", "2026-11-21T12:00:05Z", "0/2 nodes are available"),
            ],
            StatefulSet,
            [Running, Pending]));

    [Fact]
    public void Troubles_LongOrMany_AreCutToThree()
    {
        IReadOnlyList<string> troubles = PodTroubles.Of(
            Enumerable.Range(10, 20).Select(
                second => Event("FailedCreate", "set", $"2026-11-21T12:00:{second}Z", $"{second}{new string('x', 1000)}")),
            StatefulSet,
            [Running]);

        Assert.Equal(["29x", "28x", "27x"], troubles.Select(trouble => trouble["FailedCreate: ".Length..][..3]));
        Assert.All(troubles, trouble => Assert.Equal(501, trouble.Length));
    }

    private static JsonObject Event(string reason, string uid, string at, string message) => new()
    {
        ["reason"] = reason,
        ["message"] = message,
        ["lastTimestamp"] = at,
        ["involvedObject"] = new JsonObject { ["uid"] = uid },
    };

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
