namespace Orchestrator.Activities.Tests;

/// <summary>A test whose every await ends with <see cref="Limit"/>.</summary>
public abstract class BoundedTest : IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(120));

    /// <summary>Cancelled when the test has taken too long.</summary>
    protected CancellationToken Limit => _limit.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _limit.Dispose();
}
