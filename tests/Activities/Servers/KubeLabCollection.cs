namespace Orchestrator.Activities.Tests;

[CollectionDefinition(Name)]
public sealed class KubeLabCollection : ICollectionFixture<KubeLab>
{
    public const string Name = "Kubernetes";
}
