namespace Orchestrator.Sandbox.Time;

/// <summary>
/// The time of a box, one for all its parts. Where it skips, it stands still until a client of the test waits here; it then goes from one
/// thing that happens to the next, as long as nothing is being worked on, and stands still again when the call returns.
/// <para>
/// A part of the box that runs in this process takes part so: what is to happen later it sets with <see cref="After"/>, or awaits with
/// <see cref="WaitAsync"/>; while it works on something that nobody else knows of (a request that it answers, a watch event that its
/// reader has not read, a reconciliation that is due now) it holds the clock with <see cref="Hold"/>, from before the cause of the work is
/// over until after its effect can be seen and its next wait is set. It reads the time from <see cref="Clock"/>, and never wakes on a
/// period: an alarm that rings for nothing costs a test as much as one that matters. Limits around input and output run on
/// <see cref="TimeProvider.System"/>.
/// </para>
/// </summary>
public sealed class BoxTime : IDisposable
{
    // Far more than anything in a test works for without that anything changes: past it, somebody holds the clock.
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    private const int NamedWakers = 5;

    private readonly HeldWork _work;

    /// <summary>Begins a time.</summary>
    /// <param name="skips">Whether it stands still until it is told to skip; else it is the wall clock's.</param>
    public BoxTime(bool skips)
        : this(TimeProvider.System, skips)
    {
    }

    /// <summary>The same on another wall clock: that of a machine that sleeps in a test.</summary>
    internal BoxTime(TimeProvider wall, bool skips)
    {
        Keeper = new Timekeeper(wall, skips);
        Clock = skips ? new BoxClock(Keeper) : wall;
        _work = new HeldWork(Keeper);
        Keeper.Add(_work);
    }

    /// <summary>The clock for code that asks for the time. Where time skips, it makes no timers.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The time now.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Whether it stands still until it is told to skip.</summary>
    public bool Skips => Keeper.Clocks.Skips;

    /// <summary>
    /// How long one wait may take on the wall clock although time goes on; past it, something wakes again and again for nothing. Default:
    /// 5 min, far more than a test takes.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What keeps the time from being skipped, a line each; empty where nothing does.</summary>
    public IReadOnlyList<string> Holders => Keeper.Change(Keeper.Skipping.Holders);

    /// <summary>What rang most often on the virtual clock so far, and how often; the first five, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> WokeMost =>
        Keeper.Change(() => (IReadOnlyList<KeyValuePair<string, int>>)[.. Keeper.Clocks.Rung.Take(NamedWakers)]);

    internal Timekeeper Keeper { get; }

    /// <summary>
    /// Waits, skipping time, until a condition holds; it is looked at whenever something has happened and all work on it is done.
    /// </summary>
    /// <exception cref="TimeoutException">It never does; the message says who holds the clock.</exception>
    public async Task UntilAsync(Func<Task<bool>> isReached, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            long seen = Keeper.Change(() => Keeper.Version);
            if (await isReached().ConfigureAwait(false))
            {
                return;
            }

            await WatchedAsync(
                token => Keeper.Skipping.ChangedAsync(seen, token), "The condition does not come true.", begun, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Lets a time pass.</summary>
    /// <exception cref="TimeoutException">It does not; the message says who holds the clock.</exception>
    public Task AdvanceAsync(TimeSpan time, CancellationToken cancellationToken = default)
    {
        DateTimeOffset until = Keeper.Change(() =>
        {
            DateTimeOffset end = Keeper.Clocks.Now + time;
            Keeper.Clocks.At(end, "an advance of a test", () => { });
            return end;
        });
        return UntilAsync(() => Keeper.Clocks.Now >= until, $"The time does not reach {until:u}.", cancellationToken);
    }

    /// <summary>
    /// Has several clients use the box at the same time: the clock moves only while each of them waits in a call here. Whoever calls this
    /// is none of them until all are done.
    /// </summary>
    public async Task TogetherAsync(IReadOnlyCollection<Func<Task>> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        Keeper.Change(() => Keeper.Skipping.Clients += clients.Count);
        try
        {
            Task all = Task.WhenAll(clients.Select(async client =>
            {
                try
                {
                    await client().ConfigureAwait(false);
                }
                finally
                {
                    Keeper.Change(() => Keeper.Skipping.Clients--);
                }
            }));
            Keeper.Change(() => Keeper.Skipping.Clients--);
            await all.ConfigureAwait(false);
        }
        finally
        {
            Keeper.Change(() => Keeper.Skipping.Clients++);
        }
    }

    /// <summary>Keeps the clock from moving while a part of the box works.</summary>
    /// <param name="what">What on, as a diagnosis prints it, such as <c>kafka-2 is being started</c>.</param>
    /// <returns>Ends it when disposed of; twice is the same as once.</returns>
    public IDisposable Hold(string what) => _work.Begin(what);

    /// <summary>Has something done at a later time of the virtual clock.</summary>
    /// <param name="time">After which time.</param>
    /// <param name="what">What, as a diagnosis prints it.</param>
    /// <param name="act">
    /// Does it. It runs under the lock of the whole box: it takes no lock of its own, starts the work, holds the clock for it and returns.
    /// </param>
    /// <returns>Calls it off when disposed of.</returns>
    public IDisposable After(TimeSpan time, string what, Action act) =>
        new Setting(Keeper, Keeper.Change(() => Keeper.Clocks.After(time, what, act)));

    /// <summary>
    /// Waits in virtual time, as a part of the box. When the time has come, the clock is held until the caller takes it over: until it has
    /// disposed of what is returned.
    /// </summary>
    /// <param name="time">For how long.</param>
    /// <param name="what">What for, as a diagnosis prints it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<IDisposable> WaitAsync(TimeSpan time, string what, CancellationToken cancellationToken)
    {
        TaskCompletionSource<IDisposable> over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable alarm = After(time, what, () => over.TrySetResult(Hold(what)));
        try
        {
            return await over.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It may have rung in the same moment.
            Keeper.Change(() => over.TrySetCanceled(cancellationToken));
            if (over.Task.IsCompletedSuccessfully)
            {
                (await over.Task.ConfigureAwait(false)).Dispose();
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Keeper.Dispose();

    /// <summary>Waits, as a client, until a condition on the box's state holds.</summary>
    internal Task UntilAsync(Func<bool> isReached, string complaint, CancellationToken cancellationToken) => WatchedAsync(
        token => Keeper.Skipping.UntilAsync(isReached, token), complaint, TimeProvider.System.GetTimestamp(), cancellationToken);

    private async Task WatchedAsync(Func<CancellationToken, Task> wait, string complaint, long begun, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stuck = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task waiting = wait(stuck.Token);
        long seen = Keeper.Change(() => Keeper.Version);
        while (Skips && await Task.WhenAny(waiting, Task.Delay(Stuck, TimeProvider.System, stuck.Token)).ConfigureAwait(false) != waiting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long now = Keeper.Change(() => Keeper.Version);
            if (now == seen || TimeProvider.System.GetElapsedTime(begun) > LongestWait)
            {
                string told = Diagnosis(complaint, now == seen);
                await stuck.CancelAsync().ConfigureAwait(false);
                throw new TimeoutException(told);
            }

            seen = now;
        }

        await waiting.ConfigureAwait(false);
        await stuck.CancelAsync().ConfigureAwait(false);
    }

    private string Diagnosis(string complaint, bool isStuck)
    {
        string most = string.Join("; ", WokeMost.Select(row => $"{row.Key} ({row.Value} times)").DefaultIfEmpty("nothing"));
        return isStuck
            ? $"{complaint} For {Stuck.TotalSeconds:0} s the time has stood at {Now:u}; it is held by: "
                + $"{string.Join("; ", Holders.DefaultIfEmpty("nobody, and nothing is left to happen"))}. What woke most: {most}."
            : $"{complaint} After {LongestWait.TotalMinutes:0} min of the wall clock it is {Now:u}. What woke most: {most}.";
    }

    private sealed class Setting(Timekeeper keeper, Alarm alarm) : IDisposable
    {
        public void Dispose()
        {
            lock (keeper.Gate)
            {
                alarm.Cancel();
            }
        }
    }
}
