namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// Tests of runs, the same in the box, there also with workers that keep runs in memory, and on a real server.
/// </summary>
public abstract class RunTests(RunServer server) : IAsyncLifetime
{
    /// <summary>The server of the test.</summary>
    protected RunServer Server { get; } = server;

    /// <inheritdoc/>
    public virtual Task InitializeAsync() => Server.OpenAsync();

    /// <inheritdoc/>
    public virtual Task DisposeAsync() => Server.CloseAsync();
}
