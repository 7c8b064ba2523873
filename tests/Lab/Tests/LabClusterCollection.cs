namespace Orchestrator.Lab.Tests;

/// <summary>The tests that share one cluster, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LabClusterCollection : ICollectionFixture<LabClusterFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Lab cluster";
}
