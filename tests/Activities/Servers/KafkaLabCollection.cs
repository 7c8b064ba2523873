namespace Orchestrator.Activities.Tests;

[CollectionDefinition(Name)]
public sealed class KafkaLabCollection : ICollectionFixture<KafkaLab>
{
    public const string Name = "Kafka";
}
