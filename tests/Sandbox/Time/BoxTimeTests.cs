using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Tests.Time;

/// <summary>How the parts of a box take part in its time.</summary>
public sealed class BoxTimeTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly BoxTime _time = new(skips: true);
    private readonly DateTimeOffset _begun;
    private readonly List<string> _happened = [];

    public BoxTimeTests() => _begun = _time.Now;

    public void Dispose() => _time.Dispose();

    [Fact]
    public async Task Advance_OverWhatParts_SetAndCalledOff_RingsInOrderAndStopsInTime()
    {
        _time.After(3 * Hour, "three", () => Note("three"));
        _time.After(2 * Hour, "two", () => Note("two"));
        _time.After(Hour, "called off", () => Note("called off")).Dispose();
        _time.After(Hour, "one", () =>
        {
            Note("one");
            _time.After(TimeSpan.Zero, "at once", () => Note("at once"));
        });

        await _time.AdvanceAsync(2 * Hour);

        Assert.Equal(["one 1", "at once 1", "two 2"], _happened);
        Assert.Equal(_begun + (2 * Hour), _time.Now);
    }

    [Fact]
    public async Task PartThatWaitsAndWorks_HoldsTheClockUntilItsWorkIsDone()
    {
        using CancellationTokenSource over = new();
        TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task part = PartAsync();
        Task test = _time.AdvanceAsync(3 * Hour);

        await working.Task;
        Assert.Equal(["a part works"], _time.Holders);
        Assert.Equal(_begun + Hour, _time.Now);
        mayEnd.SetResult();
        await test;
        await part;

        Assert.Equal(["worked 1", "waited 2"], _happened);
        Assert.Equal(["1 of 1 clients are not waiting"], _time.Holders);

        async Task PartAsync()
        {
            // The next wait is set before the clock is let go: else it could pass it by.
            Task<IDisposable> next;
            using (await _time.WaitAsync(Hour, "a part works", over.Token))
            {
                working.SetResult();
                await mayEnd.Task;
                Note("worked");
                next = _time.WaitAsync(Hour, "a part waits again", over.Token);
            }

            using (await next)
            {
                Note("waited");
            }
        }
    }

    [Fact]
    public async Task WaitOfAPart_Cancelled_HoldsNothing()
    {
        using CancellationTokenSource over = new();
        Task<IDisposable> waiting = _time.WaitAsync(Hour, "a part", over.Token);
        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _time.AdvanceAsync(2 * Hour);
        Assert.DoesNotContain(_time.WokeMost, row => row.Key == "a part");
    }

    [Fact]
    public void Clock_AskedForATimer_RefusesAndSaysWhatToDo()
    {
        InvalidOperationException refused =
            Assert.Throws<InvalidOperationException>(() => new CancellationTokenSource(Hour, _time.Clock));

        Assert.Contains("Waits.For", refused.Message, StringComparison.Ordinal);
        Assert.Equal(_begun, _time.Clock.GetUtcNow());
    }

    private void Note(string what) => _happened.Add($"{what} {(_time.Now - _begun).TotalHours}");
}
