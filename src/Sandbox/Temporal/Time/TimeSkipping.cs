
namespace Orchestrator.Sandbox.Temporal.Time;

/// <summary>
/// Moves the virtual clock of a server that skips time: to the next alarm, and only while every client of the test waits and nothing is
/// being worked on. It then stands still again, so that whoever waits for a condition looks at every instant at which something happened.
/// </summary>
internal sealed class TimeSkipping(ServerState state)
{
    private readonly List<Look> _looks = [];
    private readonly List<(Func<bool> IsReached, TaskCompletionSource Told)> _conditions = [];
    private int _waiting;

    /// <summary>How many clients must wait before time is skipped.</summary>
    public int Clients { get; set; } = 1;

    /// <summary>How many of them do.</summary>
    public int Waiting
    {
        get => _waiting;
        set
        {
            if (value < 0)
            {
                throw new InvalidOperationException("Time skipping was locked more often than it was unlocked.");
            }

            _waiting = value;
        }
    }

    /// <summary>Waits, as a client, until a condition on the server's state holds.</summary>
    public async Task UntilAsync(Func<bool> isReached, CancellationToken cancellationToken)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        state.Change(() =>
        {
            Waiting++;
            _conditions.Add((isReached, told));
            return 0;
        });
        try
        {
            await told.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            state.Change(() => _conditions.RemoveAll(row => row.Told == told) > 0 ? Waiting-- : 0);
        }
    }

    /// <summary>Waits, as a client, until something has happened since a version of the state and all work on it is done.</summary>
    /// <param name="since">The version that the client has looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version to look at now.</returns>
    public async Task<long> ChangedAsync(long since, CancellationToken cancellationToken)
    {
        Look look = new(since);
        state.Change(() =>
        {
            Waiting++;
            _looks.Add(look);
            return 0;
        });
        try
        {
            return await look.Told.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            state.Change(() => _looks.Remove(look) ? Waiting-- : 0);
        }
    }

    /// <summary>What keeps the virtual clock from moving, one line each; empty where nothing does.</summary>
    public IReadOnlyList<string> Holders()
    {
        List<string> holders = [.. state.Namespaces.Values.SelectMany(space => space.OpenRuns).SelectMany(run => run.Holders())];
        if (state.RequestsInFlight > 0)
        {
            holders.Add($"{state.RequestsInFlight} requests are being answered");
        }

        if (Waiting < Clients)
        {
            holders.Add($"{Clients - Waiting} of {Clients} clients are not waiting");
        }

        return holders;
    }

    /// <summary>Tells who waits, and skips as far as nobody needs to look. Under the server's lock.</summary>
    public void Settle()
    {
        TellConditions();
        while (state.Time.Skips && Waiting >= Clients && IsIdle())
        {
            if (TellLooks() || state.Time.NextVirtual is not { } next)
            {
                return;
            }

            state.Time.SkipTo(next);
            state.Version++;
            state.Time.RingDue();
            state.DoDeferred();
            TellConditions();
        }
    }

    private bool IsIdle() => state.RequestsInFlight == 0 && state.Namespaces.Values.All(space => !space.OpenRuns.Any(run => run.IsBusy));

    private void TellConditions()
    {
        foreach ((Func<bool> isReached, TaskCompletionSource told) in _conditions.ToList())
        {
            if (isReached() && told.TrySetResult())
            {
                _conditions.RemoveAll(row => row.Told == told);
                Waiting--;
            }
        }
    }

    private bool TellLooks()
    {
        List<Look> due = _looks.FindAll(look => look.Since != state.Version);
        foreach (Look look in due)
        {
            _looks.Remove(look);
            Waiting--;
            look.Told.TrySetResult(state.Version);
        }

        return due.Count > 0;
    }

    private sealed record Look(long Since)
    {
        public TaskCompletionSource<long> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
