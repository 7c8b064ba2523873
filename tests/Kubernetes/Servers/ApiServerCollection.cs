namespace Orchestrator.Kubernetes.Tests;

[CollectionDefinition(Name)]
public sealed class ApiServerCollection : ICollectionFixture<ApiServer>
{
    public const string Name = "API server";
}
