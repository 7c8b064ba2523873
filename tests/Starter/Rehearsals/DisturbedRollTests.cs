using Orchestrator.Sandbox.Kubernetes.Serving;
using Orchestrator.Starter.Boxes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary>The roll goes on while the Kubernetes API refuses requests or cannot be reached, in skipped time.</summary>
public sealed class DisturbedRollTests
{
    private static readonly TimeSpan UntilDisturbed = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan OutOfReachFor = TimeSpan.FromMinutes(2);

    private static readonly string[] Effects =
    [
        "kafkas confluent/kafka is written, generation 2",
        "pod confluent/kafka-2 is restarted", "pod confluent/kafka-2 is Ready again",
        "pod confluent/kafka-1 is restarted", "pod confluent/kafka-1 is Ready again",
        "pod confluent/kafka-0 is restarted", "pod confluent/kafka-0 is Ready again",
    ];

    [Theory]
    [InlineData("a storm of conflicts", true, 20)]
    [InlineData("a storm of refusals", false, 40)]
    public async Task Roll_DuringAStorm_DoesWhatAnUndisturbedOneDoes(string storm, bool conflicts, int requests)
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);
        ApiServerFaults faults = roll.Box.Kubernetes.Faults;
        roll.Box.Time.After(UntilDisturbed, storm, () => (conflicts ? (Action<int>)faults.ConflictNext : faults.RefuseNext)(requests));

        RollKafkaClusterResult result = await roll.ExecuteAsync();

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(Effects, roll.Effects);
        Assert.Equal(0, roll.Box.Kafka.Admin.LostRecords);
        Assert.InRange(faults.Met, 1, requests);
    }

    [Fact]
    public async Task Roll_WhileTheApiIsOutOfReach_WaitsAndGoesOn()
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);
        roll.Box.Time.After(UntilDisturbed, "the API is cut off", roll.Box.Kubernetes.Faults.Cut);
        roll.Box.Time.After(UntilDisturbed + OutOfReachFor, "the API is reached again", roll.Box.Kubernetes.Faults.Mend);

        RollKafkaClusterResult result = await roll.ExecuteAsync();

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(Effects, roll.Effects);
        Assert.Equal(0, roll.Box.Kafka.Admin.LostRecords);
        Assert.NotEqual(0, roll.Box.Kubernetes.Faults.Met);
    }
}
