namespace Orchestrator.Sandbox.Time;

/// <summary>
/// Moves the virtual clock of a box that skips time: to the next alarm, and only while every client of the test waits and nothing is
/// being worked on. It then stands still again, so that whoever waits for a condition looks at every instant at which something happened.
/// </summary>
internal sealed class TimeSkipping(Timekeeper keeper)
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

    /// <summary>Waits, as a client, until a condition on the box's state holds; it is looked at under the box's lock.</summary>
    public async Task UntilAsync(Func<bool> isReached, CancellationToken cancellationToken)
    {
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        keeper.Change(() =>
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
            keeper.Change(() => _conditions.RemoveAll(row => row.Told == told) > 0 ? Waiting-- : 0);
        }
    }

    /// <summary>Waits, as a client, until something has happened since a version of the state and all work on it is done.</summary>
    /// <param name="since">The version that the client has looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version to look at now.</returns>
    public async Task<long> ChangedAsync(long since, CancellationToken cancellationToken)
    {
        Look look = new(since);
        keeper.Change(() =>
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
            keeper.Change(() => _looks.Remove(look) ? Waiting-- : 0);
        }
    }

    /// <summary>What keeps the virtual clock from moving, one line each; empty where nothing does.</summary>
    public IReadOnlyList<string> Holders() =>
        [.. keeper.Holders, .. Waiting < Clients ? [$"{Clients - Waiting} of {Clients} clients are not waiting"] : Array.Empty<string>()];

    /// <summary>Tells who waits, and skips as far as nobody needs to look. Under the box's lock.</summary>
    public void Settle()
    {
        TellConditions();
        if (!keeper.Clocks.Skips)
        {
            TellLooks();
            return;
        }

        while (Waiting > 0 && Waiting >= Clients && !keeper.IsBusy)
        {
            if (TellLooks() || keeper.Clocks.NextVirtual is not { } next)
            {
                return;
            }

            keeper.Clocks.SkipTo(next);
            keeper.Version++;
            keeper.Clocks.RingDue();
            keeper.DoDeferred();
            TellConditions();
        }
    }

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
        List<Look> due = _looks.FindAll(look => look.Since != keeper.Version);
        foreach (Look look in due)
        {
            _looks.Remove(look);
            Waiting--;
            look.Told.TrySetResult(keeper.Version);
        }

        return due.Count > 0;
    }

    private sealed record Look(long Since)
    {
        public TaskCompletionSource<long> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
