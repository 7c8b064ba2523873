using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>
/// What a part of the contract needs of a server: the one in the box, or a real one. Both are on the wall clock, so that a case says the
/// same of both.
/// </summary>
public abstract class ServerContract(Func<Task<ITemporalClient>> connect)
{
    /// <summary>How long anything may take that a case waits for.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Part of every id of this test.</summary>
    protected string Id { get; } = $"c{Guid.NewGuid():N}";

    protected Task<ITemporalClient> ConnectAsync() => connect();

    protected static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using CancellationTokenSource late = new(Limit);
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
        while (!await isReached())
        {
            await look.WaitForNextTickAsync(late.Token);
        }
    }
}

/// <summary>A server in the box for the cases of one class.</summary>
public sealed class BoxServer : IAsyncLifetime
{
    private TemporalBox _box = null!;

    public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_box.Address));

    public async Task InitializeAsync() => _box = await TemporalBox.StartAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();
}

/// <summary>A real server for the cases of all classes.</summary>
public sealed class RealServer : IAsyncLifetime
{
    private LabServers? _servers;

    public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_servers!.TemporalAddress));

    public async Task InitializeAsync() => _servers = LabTools.Folder is null ? null : await LabServers.StartAsync("temporal");

    /// <summary>Kills it, and starts it again after a time on the state that it left.</summary>
    public async Task BeAwayAsync(TimeSpan time)
    {
        await _servers!.KillAsync("temporal");
        using PeriodicTimer away = new(time);
        await away.WaitForNextTickAsync();
        await _servers.UpAsync("temporal");
    }

    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}

/// <summary>The tests that share the real server.</summary>
[CollectionDefinition(Name)]
public sealed class RealServerCollection : ICollectionFixture<RealServer>
{
    public const string Name = "A real Temporal server";
}
