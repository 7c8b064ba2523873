using Microsoft.Extensions.Time.Testing;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Tests.Kafka;

/// <summary>A cluster in the box without its port, on a clock that the test moves.</summary>
internal sealed class KafkaBench
{
    private readonly FakeTimeProvider _clock = new(new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));

    public KafkaBench(KafkaScenario scenario)
    {
        State = ClusterBuilder.Build(scenario, _clock);
        (Admin, Processes, Faults) = (new(State), new(State), new(State));
    }

    public ClusterState State { get; }

    public KafkaAdmin Admin { get; }

    public KafkaProcesses Processes { get; }

    public KafkaFaults Faults { get; }

    /// <summary>Lets seconds pass.</summary>
    public void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Moves the clock from one thing that happens to the next, until nothing is under way.</summary>
    public void Settle()
    {
        while (Processes.NextChange is { } next)
        {
            _clock.SetUtcNow(next);
        }
    }

    /// <summary>Partition 0 of a topic.</summary>
    public PartitionState Partition(string topic) => Admin.Partitions(topic)[0];

    /// <summary>The brokers that are in sync, in order.</summary>
    public string InSync(string topic) => string.Join(',', Partition(topic).InSync.Order());

    public ProcessPhase Phase(int node) => Processes.Read(node).Phase;
}
