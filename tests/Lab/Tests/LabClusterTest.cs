using Orchestrator.Lab.Cluster;

namespace Orchestrator.Lab.Tests;

/// <summary>A test on the shared cluster, which is whole when it begins, whatever the one before left.</summary>
public abstract class LabClusterTest(LabClusterFixture fixture) : IAsyncLifetime
{
    protected LabCluster Cluster => fixture.Cluster;

    public Task InitializeAsync() => Cluster.ResetAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;
}
