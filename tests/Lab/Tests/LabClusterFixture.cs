using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Tests;

/// <summary>
/// One cluster for all tests of the collection. A test class calls <see cref="LabCluster.ResetAsync"/> before each test, so that one that
/// failed does not take others along.
/// </summary>
public sealed class LabClusterFixture : IAsyncLifetime
{
    private LabCluster? _cluster;

    /// <summary>The cluster: three controllers, three brokers, Temporal, the operator.</summary>
    public LabCluster Cluster => _cluster ?? throw new InvalidOperationException(LabTools.MissingReason);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // Without the lab's programs every test is skipped; the runner makes the fixture all the same.
        if (LabTools.Folder is not null)
        {
            _cluster = await LabCluster.StartAsync(new(), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
