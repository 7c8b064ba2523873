using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using static Orchestrator.Starter.Tests.Rehearsals.EndingInterceptor;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary>The roll with its real activities on a whole cluster in the box, in skipped time.</summary>
public sealed class BoxRollTests
{
    private static readonly string[] Effects =
    [
        "kafkas confluent/kafka is written, generation 2",
        "pod confluent/kafka-2 is restarted", "pod confluent/kafka-2 is Ready again",
        "pod confluent/kafka-1 is restarted", "pod confluent/kafka-1 is Ready again",
        "pod confluent/kafka-0 is restarted", "pod confluent/kafka-0 is Ready again",
    ];

    [Fact]
    public async Task Roll_OfThreeBrokers_RestartsEachOnceFromTheHighestDown()
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);

        RollKafkaClusterResult result = await roll.ExecuteAsync();

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(Effects, roll.Effects);
        Assert.Equal(0, roll.Box.Kafka.Admin.LostRecords);
    }

    [Fact]
    public async Task Roll_WithFewerSlotsForActsThanItHasWatches_IsNotKeptWaitingByThem()
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);

        // Who asks for a lock waits in one of them while the guard raises its fence in the other.
        roll.MaxConcurrentActivities = 2;

        RollKafkaClusterResult result = await roll.ExecuteAsync();

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(Effects, roll.Effects);
    }

    [Theory]
    [InlineData(Moment.Before)]
    [InlineData(Moment.After)]
    public async Task Roll_WhoseWorkerIsEndedAtEveryAct_DoesWhatAnUndisturbedOneDoes(Moment at)
    {
        HashSet<string> ended = [];
        Lock gate = new();
        await using BoxRoll roll = await BoxRoll.StartAsync(ScenarioFile.Default);

        RollKafkaClusterResult result = await roll.ExecuteAsync((moment, what) =>
        {
            lock (gate)
            {
                return moment == at && IsAct(what) && ended.Add(what);
            }
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(Effects, roll.Effects);
        Assert.Equal(0, roll.Box.Kafka.Admin.LostRecords);
        string[] acts = ["AcquireLocks", "RaiseFence", "PatchObject", "WatchRoll", "ElectPreferredLeaders", "RunKafkaCanary",
            "ReleaseLocks", "WriteEvidence"];
        Assert.All(acts, act => Assert.Contains(ended, what => what.StartsWith($"{act} ", StringComparison.Ordinal)));
    }

    // What only looks is done again by the next worker; whatever writes, and the watch of the roll, is worth an end of its own.
    private static bool IsAct(string what) =>
        !what.StartsWith("Read", StringComparison.Ordinal) && !what.StartsWith("Resolve", StringComparison.Ordinal)
        && !what.StartsWith("WatchHolders", StringComparison.Ordinal);
}
