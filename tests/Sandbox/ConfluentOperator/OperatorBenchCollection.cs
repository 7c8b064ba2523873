namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

/// <summary>The tests that share one control plane, one after the other: the operator's faults are those of all.</summary>
[CollectionDefinition(Name)]
public sealed class OperatorBenchCollection : ICollectionFixture<OperatorBench>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Operator bench";
}
