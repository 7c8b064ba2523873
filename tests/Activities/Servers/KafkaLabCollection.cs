// Each collection starts servers of its own; together they would not fit on a laptop.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Orchestrator.Activities.Tests;

[CollectionDefinition(Name)]
public sealed class KafkaLabCollection : ICollectionFixture<KafkaLab>
{
    public const string Name = "Kafka";
}
