using System.Text.Json.Nodes;
using Orchestrator.Activities.Confluent;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Activities.Tests.Confluent;

/// <summary>When a pod was made and since when it is Ready is what the API server says, not when it was read.</summary>
public sealed class PodReadingTests
{
    [Theory]
    [InlineData("True", "2026-11-21T12:00:09Z")]
    [InlineData("False", null)]
    public void Pod_Times_AreItsOwn(string ready, string? since)
    {
        JsonObject pod = (JsonObject)JsonNode.Parse($$"""
            {
              "metadata": { "name": "kafka-2", "uid": "u", "creationTimestamp": "2026-11-21T12:00:01Z" },
              "status": { "conditions": [ { "type": "Ready", "status": "{{ready}}", "lastTransitionTime": "2026-11-21T12:00:09Z" } ] }
            }
            """)!;

        PodSnapshot read = PodReading.Of(pod);

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 0, 1, TimeSpan.Zero), read.CreatedAt);
        Assert.Equal(
            since is null ? null : DateTimeOffset.Parse(since, System.Globalization.CultureInfo.InvariantCulture), read.ReadySince);
    }
}
