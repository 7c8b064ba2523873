using Temporalio.Client;

namespace Orchestrator.Sandbox.Temporal.Time;

/// <summary>
/// The time of a server in the box. Where it skips, it stands still until a call here waits; it then goes from one thing that happens
/// to the next, as long as nothing is being worked on, and stands still again when the call returns.
/// </summary>
public sealed class BoxTime
{
    // Far more than anything in a test works for: past it, somebody holds the clock.
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    private readonly ServerState _state;

    internal BoxTime(ServerState state) => _state = state;

    /// <summary>The time now.</summary>
    public DateTimeOffset Now => _state.Change(() => _state.Time.Now);

    /// <summary>What keeps the time from being skipped, a line each; empty where nothing does.</summary>
    public IReadOnlyList<string> Holders => _state.Change(_state.Skipping.Holders);

    /// <summary>Waits for the end of a workflow and returns its result, skipping time.</summary>
    /// <exception cref="Temporalio.Exceptions.WorkflowFailedException">It did not end well.</exception>
    /// <exception cref="TimeoutException">It does not end; the message says who holds the clock.</exception>
    public async Task<T> ResultAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        string space = handle.Client.Options.Namespace;
        await WaitAsync(
            token => _state.Skipping.UntilAsync(
                () => _state.Namespaces.GetValueOrDefault(space)?.Current(handle.Id) is { IsOpen: false }, token),
            $"Workflow {handle.Id} does not end.",
            cancellationToken).ConfigureAwait(false);
        return await handle.GetResultAsync<T>().ConfigureAwait(false);
    }

    /// <summary>Waits, skipping time, until a condition holds; it is looked at whenever something has happened.</summary>
    /// <exception cref="TimeoutException">It never does; the message says who holds the clock.</exception>
    public async Task UntilAsync(Func<Task<bool>> isReached, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        while (true)
        {
            long seen = _state.Change(() => _state.Version);
            if (await isReached().ConfigureAwait(false))
            {
                return;
            }

            await WaitAsync(token => _state.Skipping.ChangedAsync(seen, token), "The condition does not come true.", cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Lets a time pass.</summary>
    public Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        DateTimeOffset until = _state.Change(() =>
        {
            DateTimeOffset end = _state.Time.Now + time;
            _state.Time.At(end, "an advance of a test", () => { });
            return end;
        });
        return WaitAsync(
            token => _state.Skipping.UntilAsync(() => _state.Time.Now >= until, token), $"The time does not reach {until:u}.",
                cancellationToken);
    }

    private async Task WaitAsync(Func<CancellationToken, Task> wait, string complaint, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stuck = new(Stuck, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stuck.Token, cancellationToken);
        try
        {
            await wait(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"{complaint} After {Stuck.TotalSeconds:0} s the time stands at {Now:u}; it is held by: " +
                $"{string.Join("; ", Holders.DefaultIfEmpty("nobody, and nothing is left to happen"))}.",
                e);
        }
    }
}
