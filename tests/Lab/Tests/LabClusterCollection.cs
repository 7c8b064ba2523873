// Each collection brings servers of its own; two of them at a time are more than a small machine bears.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Orchestrator.Lab.Tests;

/// <summary>The tests that share one cluster, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LabClusterCollection : ICollectionFixture<LabClusterFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Lab cluster";
}
