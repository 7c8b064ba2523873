using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Common;
using static Orchestrator.Starter.Tests.Rehearsals.EndingInterceptor;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary>Rolls of 30 brokers on a whole cluster in the box, in skipped time: minutes each.</summary>
[Trait("Category", "Proof")]
public sealed class ManyBrokersTests
{
    private const int EventsPerBroker = 12;
    private const int EventsBesides = 150;

    // Temporal refuses a larger payload.
    private const int LargestEvent = 2 * 1024 * 1024;
    private const double EndsPerActivity = 0.1;

    [Theory]
    [InlineData(30)]
    [InlineData(300)]
    public async Task Roll_OfManyBrokers_RestartsEachOnceAndItsHistoriesStaySmall(int brokers)
    {
        await using BoxRoll roll = await BoxRoll.StartAsync(Scenario(brokers));

        RollKafkaClusterResult result = await roll.ExecuteAsync();

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        AssertRolled(roll, brokers);
        IReadOnlyList<WorkflowHistory> histories = await roll.HistoriesAsync();
        Assert.InRange(histories.Sum(history => history.Events.Count), brokers, (EventsPerBroker * brokers) + EventsBesides);
        Assert.All(histories.SelectMany(history => history.Events), made => Assert.InRange(made.CalculateSize(), 1, LargestEvent));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Roll_OfThirtyBrokersWhoseWorkersAreEndedByChance_RestartsEachOnce(int seed)
    {
        Random chance = new(seed);
        Lock gate = new();
        int ends = 0;
        await using BoxRoll roll = await BoxRoll.StartAsync(Scenario(30));

        RollKafkaClusterResult result = await roll.ExecuteAsync((Moment _, string _) =>
        {
            lock (gate)
            {
                return chance.NextDouble() < EndsPerActivity && ++ends > 0;
            }
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, $"seed {seed}: {result.Change.Status.Sentence}");
        AssertRolled(roll, 30);
        Assert.True(ends > 0, $"seed {seed} ends no worker");
    }

    private static void AssertRolled(BoxRoll roll, int brokers)
    {
        Assert.Equal(Enumerable.Range(0, brokers).Reverse().Select(ordinal => $"kafka-{ordinal}"), roll.Restarted);
        Assert.Equal(0, roll.Box.Kafka.Admin.LostRecords);
    }

    private static ClusterScenario Scenario(int brokers) => new()
    {
        Nodes = Math.Max(3, brokers / 3),
        Kafka = new KafkaScenario
        {
            Brokers = brokers,
            Topics = [new TopicScenario { Name = "orders", Partitions = brokers, RecordsPerSecond = 10, Bytes = 1_000_000 }],
            Timings = new KafkaTimings { BrokerStart = TimeSpan.FromSeconds(2) },
        },
    };
}
