using Google.Protobuf.WellKnownTypes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>
/// How the test environments of the official SDKs skip time: their server, and the one in the box. Each case has a server of its own, whose
/// time is locked once when it begins.
/// </summary>
public abstract class TestServiceContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    /// <summary>By how much more than a run waited the time is later when its result comes.</summary>
    protected virtual TimeSpan Overshoot => TimeSpan.FromHours(1);

    protected async Task ResultOfARunComesInSkippedTimeAsync()
    {
        ITemporalClient client = await ConnectAsync();
        DateTimeOffset begun = await NowAsync(client);
        await WorkAsync(client, async () =>
        {
            WorkflowHandle<PatientWorkflow, string> handle = await StartAsync(client, "a");
            await UnlockAsync(client);
            try
            {
                Assert.Equal("try 3 after 723 h", await handle.GetResultAsync());
            }
            finally
            {
                await LockAsync(client);
            }
        });
        Assert.InRange(await NowAsync(client) - begun, TimeSpan.FromHours(723), TimeSpan.FromHours(723) + Overshoot);
    }

    protected async Task LockedTimeIsNotSkippedUntilAllLocksAreGoneAsync()
    {
        ITemporalClient client = await ConnectAsync();
        DateTimeOffset begun = await NowAsync(client);
        await WorkAsync(client, async () =>
        {
            WorkflowHandle<PatientWorkflow, string> handle = await StartAsync(client, "a");
            await LockAsync(client);
            await UntilAsync(() => WaitsAsync(handle));
            await UnlockAsync(client);
            await handle.QueryAsync(workflow => workflow.Stage());
            Assert.True(await NowAsync(client) - begun < TimeSpan.FromHours(1));

            await UnlockAsync(client);
            await handle.GetResultAsync();
            await LockAsync(client);
        });
    }

    protected async Task TimeUnlockedOnceTooOftenIsRefusedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await UnlockAsync(client);
            await UnlockAsync(client);
            await UnlockAsync(client);
        });
    }

    protected async Task SleepSkipsTimeAndLocksItAgainAsync()
    {
        ITemporalClient client = await ConnectAsync();
        DateTimeOffset begun = await NowAsync(client);
        await client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(
            new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(2)) }, Patient);
        DateTimeOffset woken = await NowAsync(client);
        Assert.InRange(woken - begun, TimeSpan.FromDays(2), TimeSpan.FromDays(2) + TimeSpan.FromMinutes(2));

        await WorkAsync(client, async () =>
        {
            WorkflowHandle<PatientWorkflow, string> handle = await StartAsync(client, "a");
            await UntilAsync(() => WaitsAsync(handle));
            Assert.True(await NowAsync(client) - woken < TimeSpan.FromHours(1));
            await client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(
                new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(60)) }, Patient);
            Assert.Equal("try 3 after 723 h", await handle.GetResultAsync());
        });
    }

    protected async Task UnlockedTimeIsSkippedForWhoeverSleepsAsync()
    {
        ITemporalClient client = await ConnectAsync();
        DateTimeOffset begun = await NowAsync(client);
        await UnlockAsync(client);
        try
        {
            await client.Connection.TestService.SleepAsync(
                new() { Duration = Duration.FromTimeSpan(TimeSpan.FromDays(1)) }, Patient);
            await client.Connection.TestService.SleepUntilAsync(
                new() { Timestamp = Timestamp.FromDateTimeOffset(begun + TimeSpan.FromDays(4)) }, Patient);
        }
        finally
        {
            await LockAsync(client);
        }

        Assert.InRange(await NowAsync(client) - begun, TimeSpan.FromDays(4), TimeSpan.FromDays(4) + TimeSpan.FromMinutes(2));
    }

    protected async Task ActivityThatWorksHoldsTheTimeAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await WorkAsync(client, async () =>
        {
            WorkflowHandle<HurryWorkflow, string> handle = await client.StartWorkflowAsync(
                (HurryWorkflow workflow) => workflow.RunAsync(), new($"{Id}-hurry", Id));
            await UnlockAsync(client);
            try
            {
                Assert.Equal("worked", await handle.GetResultAsync());
            }
            finally
            {
                await LockAsync(client);
            }
        });
    }

    private static RpcOptions Patient => new() { Timeout = Limit, Retry = false };

    private static Task UnlockAsync(ITemporalClient client) => client.Connection.TestService.UnlockTimeSkippingAsync(new(), Patient);

    private static Task LockAsync(ITemporalClient client) => client.Connection.TestService.LockTimeSkippingAsync(new(), Patient);

    private static async Task<DateTimeOffset> NowAsync(ITemporalClient client) =>
        (await client.Connection.TestService.GetCurrentTimeAsync(new(), Patient)).Time.ToDateTimeOffset();

    private static async Task<bool> WaitsAsync(WorkflowHandle handle) =>
        (await handle.FetchHistoryAsync()).Events.Any(made => made.TimerStartedEventAttributes is not null);

    private Task<WorkflowHandle<PatientWorkflow, string>> StartAsync(ITemporalClient client, string name) =>
        client.StartWorkflowAsync((PatientWorkflow workflow) => workflow.RunAsync(), new($"{Id}-{name}", Id));

    private async Task WorkAsync(ITemporalClient client, Func<Task> test)
    {
        using TemporalWorker worker = new(client, new TemporalWorkerOptions(Id)
            .AddWorkflow<PatientWorkflow>().AddWorkflow<HurryWorkflow>()
            .AddAllActivities(new Payments()).AddActivity(new SlowWork(client).DoAsync));
        await worker.ExecuteAsync(test).WaitAsync(Limit);
    }

    /// <summary>Takes a while of the wall clock: it asks the server again and again.</summary>
    internal sealed class SlowWork(ITemporalClient client)
    {
        [Activity("Work")]
        public async Task<string> DoAsync()
        {
            for (int times = 0; times < 30; times++)
            {
                await NowAsync(client);
            }

            return "worked";
        }
    }

    /// <summary>A server in the box for the cases of one class.</summary>
    public sealed class Box : IAsyncLifetime
    {
        private TemporalBox _box = null!;

        public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_box.Address));

        public async Task InitializeAsync() => _box = await TemporalBox.StartAsync(new() { SkipsTime = true });

        public async Task DisposeAsync() => await _box.DisposeAsync();
    }

    /// <summary>The server that the official SDKs use.</summary>
    public sealed class Official : IAsyncLifetime
    {
        private LabServers? _servers;

        public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(
            new(_servers!.EnvironmentVariables["TEMPORAL_TEST_SERVER"]));

        // The lab starts it with its time unlocked.
        public async Task InitializeAsync()
        {
            if (LabTools.Folder is not null)
            {
                _servers = await LabServers.StartAsync("testserver");
                await LockAsync(await ConnectAsync());
            }
        }

        public async Task DisposeAsync()
        {
            if (_servers is not null)
            {
                await _servers.DisposeAsync();
            }
        }
    }
}

/// <summary>Skipped time of the server in the box, as the official SDKs ask for it.</summary>
public sealed class BoxTestServiceTests : TestServiceContract, IAsyncLifetime
{
    private readonly Box _server;

    public BoxTestServiceTests()
        : this(new Box())
    {
    }

    private BoxTestServiceTests(Box server)
        : base(server.ConnectAsync) => _server = server;

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public Task Result_OfARun_ComesInSkippedTime() => ResultOfARunComesInSkippedTimeAsync();

    [Fact]
    public Task LockedTime_IsNotSkipped_UntilAllLocksAreGone() => LockedTimeIsNotSkippedUntilAllLocksAreGoneAsync();

    [Fact]
    public Task Time_UnlockedOnceTooOften_IsRefused() => TimeUnlockedOnceTooOftenIsRefusedAsync();

    [Fact]
    public Task Sleep_SkipsTime_AndLocksItAgain() => SleepSkipsTimeAndLocksItAgainAsync();

    [Fact]
    public Task UnlockedTime_IsSkipped_ForWhoeverSleeps() => UnlockedTimeIsSkippedForWhoeverSleepsAsync();

    [Fact]
    public Task Activity_ThatWorks_HoldsTheTime() => ActivityThatWorksHoldsTheTimeAsync();
}

/// <summary>The same of the official test server.</summary>
[Trait("Category", "Lab")]
public sealed class OfficialTestServiceTests : TestServiceContract, IAsyncLifetime
{
    private readonly Official _server;

    public OfficialTestServiceTests()
        : this(new Official())
    {
    }

    private OfficialTestServiceTests(Official server)
        : base(server.ConnectAsync) => _server = server;

    /// <inheritdoc/>
    protected override TimeSpan Overshoot => TimeSpan.FromDays(3_660);

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [LabFact]
    public Task Result_OfARun_ComesInSkippedTime() => ResultOfARunComesInSkippedTimeAsync();

    [LabFact]
    public Task LockedTime_IsNotSkipped_UntilAllLocksAreGone() => LockedTimeIsNotSkippedUntilAllLocksAreGoneAsync();

    [LabFact]
    public Task Time_UnlockedOnceTooOften_IsRefused() => TimeUnlockedOnceTooOftenIsRefusedAsync();

    [LabFact]
    public Task Sleep_SkipsTime_AndLocksItAgain() => SleepSkipsTimeAndLocksItAgainAsync();

    [LabFact]
    public Task UnlockedTime_IsSkipped_ForWhoeverSleeps() => UnlockedTimeIsSkippedForWhoeverSleepsAsync();

    [LabFact]
    public Task Activity_ThatWorks_HoldsTheTime() => ActivityThatWorksHoldsTheTimeAsync();
}
