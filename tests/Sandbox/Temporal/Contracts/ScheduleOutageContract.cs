using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>What schedules make up for after their server was away for longer than one of them looks back.</summary>
public abstract class ScheduleOutageContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    // The shortest window that there is, and half as much again and more.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(25);

    /// <summary>Has the server be away for a time.</summary>
    protected abstract Task BeAwayAsync(TimeSpan time);

    protected async Task ActionsOfAnOutageAreTakenWithinTheWindowAndMissedBeforeItAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await CreateAsync(client, "short", policies => policies.CatchupWindow = new() { Seconds = (long)Window.TotalSeconds });
        await CreateAsync(client, "long", _ => { });
        await CreateAsync(client, "paused", policies => policies.CatchupWindow = new() { Seconds = (long)Window.TotalSeconds }, true);
        Dictionary<string, DateTimeOffset> first = [];
        foreach (string name in new[] { "short", "long" })
        {
            await UntilAsync(async () => (await InfoAsync(client, name)).ActionCount > 0);
            first[name] = (await InfoAsync(client, name)).RecentActions.Min(action => action.ScheduleTime.ToDateTimeOffset());
        }

        await BeAwayAsync(Outage);
        client = await ConnectAsync();
        await UntilAsync(async () => (await InfoAsync(client, "short")).MissedCatchupWindow > 0);
        ScheduleInfo caught = await InfoAsync(client, "short");
        Assert.InRange(caught.MissedCatchupWindow, 5, (long)Outage.TotalSeconds);
        Assert.All(caught.RecentActions, action =>
            Assert.True(action.ActualTime.ToDateTimeOffset() - action.ScheduleTime.ToDateTimeOffset() <= Window + TimeSpan.FromSeconds(5)));
        await UntilAsync(async () => (await InfoAsync(client, "long")).ActionCount > Outage.TotalSeconds);
        ScheduleInfo all = await InfoAsync(client, "long");
        Assert.Equal((0, Span(first["long"], all)), (all.MissedCatchupWindow, all.ActionCount));
        Assert.Equal(Span(first["short"], caught), caught.ActionCount + caught.MissedCatchupWindow);
        ScheduleInfo paused = await InfoAsync(client, "paused");
        Assert.Equal((0, 0), (paused.MissedCatchupWindow, paused.ActionCount));
    }

    // How many times there were from its first action to its last.
    private static long Span(DateTimeOffset first, ScheduleInfo info) =>
        (long)(info.RecentActions.Max(action => action.ScheduleTime.ToDateTimeOffset()) - first).TotalSeconds + 1;

    private async Task<ScheduleInfo> InfoAsync(ITemporalClient client, string name) =>
        (await client.WorkflowService.DescribeScheduleAsync(
            new() { Namespace = "default", ScheduleId = $"{Id}-{name}" }, new() { Timeout = Limit })).Info;

    private async Task CreateAsync(ITemporalClient client, string name, Action<SchedulePolicies> change, bool isPaused = false)
    {
        SchedulePolicies policies = new() { OverlapPolicy = ScheduleOverlapPolicy.AllowAll };
        change(policies);
        await client.WorkflowService.CreateScheduleAsync(new()
        {
            Namespace = "default",
            ScheduleId = $"{Id}-{name}",
            RequestId = Guid.NewGuid().ToString(),
            Schedule = new()
            {
                Spec = new() { Interval = { new IntervalSpec { Interval = new() { Seconds = 1 } } } },
                Policies = policies,
                State = new() { Paused = isPaused },
                Action = new()
                {
                    StartWorkflow = new()
                    {
                        WorkflowId = $"{Id}-{name}-run", WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = Id },
                    },
                },
            },
        });
    }
}

/// <summary>The machine of a server in the box sleeps: its clock is later when it wakes.</summary>
public sealed class BoxScheduleOutageTests(BoxScheduleOutageTests.SleepingServer server)
    : ScheduleOutageContract(server.ConnectAsync), IClassFixture<BoxScheduleOutageTests.SleepingServer>
{
    [Fact]
    public Task Actions_OfAnOutage_AreTakenWithinTheWindowAndMissedBeforeIt() =>
        ActionsOfAnOutageAreTakenWithinTheWindowAndMissedBeforeItAsync();

    /// <inheritdoc/>
    protected override Task BeAwayAsync(TimeSpan time)
    {
        server.Clock.Sleep(time);
        return Task.CompletedTask;
    }

    /// <summary>A server on a clock that can sleep.</summary>
    public sealed class SleepingServer : IAsyncLifetime, IDisposable
    {
        private TemporalBox _box = null!;
        private BoxTime _time = null!;

        internal SleepingClock Clock { get; } = new();

        public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_box.Address));

        public async Task InitializeAsync()
        {
            _time = new BoxTime(Clock, skips: false);
            _box = await TemporalBox.StartAsync(new() { Time = _time });
        }

        public async Task DisposeAsync() => await _box.DisposeAsync();

        public void Dispose() => _time.Dispose();
    }

    internal sealed class SleepingClock : TimeProvider
    {
        private long _slept;

        public void Sleep(TimeSpan time) => Interlocked.Add(ref _slept, time.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _slept));
    }
}

/// <summary>A real server is killed, and started again on its state.</summary>
[Trait("Category", "Lab")]
public sealed class RealScheduleOutageTests(RealServer server) : ScheduleOutageContract(server.ConnectAsync), IClassFixture<RealServer>
{
    [LabFact]
    public Task Actions_OfAnOutage_AreTakenWithinTheWindowAndMissedBeforeIt() =>
        ActionsOfAnOutageAreTakenWithinTheWindowAndMissedBeforeItAsync();

    /// <inheritdoc/>
    protected override Task BeAwayAsync(TimeSpan time) => server.BeAwayAsync(time);
}
