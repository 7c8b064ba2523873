using Orchestrator.Lab.Servers;
using Temporalio.Client;

namespace Temporalio.Tests;

/// <summary>
/// One real Temporal server for all test classes that carry <c>[Collection(RealServer.Collection)]</c>. Each test takes task queues
/// and ids of its own from <see cref="NewId"/>.
/// </summary>
public sealed class RealServer : IAsyncLifetime
{
    public const string Collection = "Real Temporal server";

    private LabServers? _servers;

    /// <summary>The server's address, <c>host:port</c>.</summary>
    public string Address => _servers?.TemporalAddress ?? throw new InvalidOperationException(LabTools.MissingReason);

    /// <summary>A connection that all tests may share.</summary>
    public TemporalConnection Connection { get; private set; } = null!;

    /// <summary>An id that no other test uses.</summary>
    public static string NewId(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        // Without the lab every test of the collection is skipped.
        if (LabTools.Folder is not null)
        {
            _servers = await LabServers.StartAsync("temporal");
            Connection = await TemporalConnection.ConnectAsync(new(Address));
        }
    }

    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<RealServer>;
}
