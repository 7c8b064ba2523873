using Google.Protobuf.WellKnownTypes;
using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>What schedules start, and what they do while a run of theirs is open; no worker takes part.</summary>
public abstract class ScheduleContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    private const int Actions = 3;
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What three actions come to, one after the other while the first run is open: actions taken, runs that are tracked, actions left out,
    // actions that wait. Then the same once that first run has ended.
    private static readonly (ScheduleOverlapPolicy Policy, string Meanwhile, string Then)[] Overlaps =
    [
        (ScheduleOverlapPolicy.Skip, "1 1 2 0", "1 0 2 0"),
        (ScheduleOverlapPolicy.BufferOne, "1 1 1 1", "2 1 1 0"),
        (ScheduleOverlapPolicy.BufferAll, "1 1 0 2", "2 1 0 1"),
        (ScheduleOverlapPolicy.CancelOther, "1 1 0 2", "2 1 0 0"),
        (ScheduleOverlapPolicy.TerminateOther, "3 1 0 0", "3 1 0 0"),
        (ScheduleOverlapPolicy.AllowAll, "3 0 0 0", "3 0 0 0"),
    ];

    protected async Task ActionsThatOverlapGoByTheirPolicyAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string[] seen = await Task.WhenAll(Overlaps.Select(async overlap =>
        {
            string id = $"{Id}-{overlap.Policy}";
            await CreateAsync(client, id, schedule => schedule.State.Paused = true);
            for (int hour = 0; hour < Actions; hour++)
            {
                string before = await CountsAsync(client, id);
                await BackfillAsync(client, id, hour, hour, overlap.Policy);
                await ReachedAsync(client, id, counts => counts != before);
            }

            string meanwhile = await ReachedAsync(client, id, counts => counts == overlap.Meanwhile);
            await EndAsync(client, $"{id}-run-{Begin:yyyy-MM-ddTHH:mm:ssZ}");
            return $"{overlap.Policy}: {meanwhile}, then {await ReachedAsync(client, id, counts => counts == overlap.Then)}";
        }));
        Assert.Equal(Overlaps.Select(overlap => $"{overlap.Policy}: {overlap.Meanwhile}, then {overlap.Then}"), seen);
    }

    protected async Task BackfillStartsEachTimeOfItsRangeWithBothEndsAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await CreateAsync(client, Id, schedule => schedule.State.Paused = true);
        await BackfillAsync(client, Id, 3, 6, ScheduleOverlapPolicy.AllowAll);
        await ReachedAsync(client, Id, counts => counts == "4 0 0 0");
        ScheduleInfo info = (await DescribeAsync(client, Id)).Info;
        Assert.Equal(
            ["03:00", "04:00", "05:00", "06:00"],
            info.RecentActions.Select(action => $"{action.ScheduleTime.ToDateTimeOffset():HH:mm}"));
        Assert.Equal(
            ["03:00:00", "04:00:00", "05:00:00", "06:00:00"],
            info.RecentActions.Select(action => action.StartWorkflowResult.WorkflowId[^"03:00:00Z".Length..^1]));
    }

    protected async Task PausedScheduleStartsNothingUntilItGoesOnAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await CreateAsync(client, Id, schedule =>
        {
            schedule.State.Paused = true;
            schedule.Spec.Interval[0].Interval = new() { Seconds = 1 };
            schedule.Policies = new() { OverlapPolicy = ScheduleOverlapPolicy.AllowAll };
        });
        await CreateAsync(client, $"{Id}-clock", schedule =>
        {
            schedule.Spec.Interval[0].Interval = new() { Seconds = 1 };
            schedule.Policies = new() { OverlapPolicy = ScheduleOverlapPolicy.AllowAll };
            schedule.State.LimitedActions = true;
            schedule.State.RemainingActions = 2;
        });
        await ReachedAsync(client, $"{Id}-clock", counts => counts == "2 0 0 0");
        Assert.Equal("0 0 0 0", await CountsAsync(client, Id));

        await PatchAsync(client, Id, new() { Unpause = "go on" });
        Assert.NotEqual("0 0 0 0", await ReachedAsync(client, Id, counts => counts != "0 0 0 0"));
        Assert.Equal("go on", (await DescribeAsync(client, Id)).Schedule.State.Notes);
        await PatchAsync(client, Id, new() { Pause = "enough" });
        Assert.True((await DescribeAsync(client, Id)).Schedule.State.Paused);
        DescribeScheduleResponse limited = await DescribeAsync(client, $"{Id}-clock");
        Assert.Equal((2, 0), (limited.Info.ActionCount, limited.Schedule.State.RemainingActions));
    }

    protected async Task RunOutOfTimePausesAScheduleThatIsToAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await CreateAsync(client, Id, schedule =>
        {
            schedule.Policies = new() { PauseOnFailure = true };
            schedule.Action.StartWorkflow.WorkflowRunTimeout = new() { Seconds = 1 };
        });
        await BackfillAsync(client, Id, 1, 1, ScheduleOverlapPolicy.Skip);
        await UntilAsync(async () => (await DescribeAsync(client, Id)).Schedule.State.Paused);
        ScheduleState state = (await DescribeAsync(client, Id)).Schedule.State;
        Assert.Equal($"paused due to workflow timeout: {Id}-run-2026-01-01T01:00:00Z", state.Notes);
    }

    protected async Task UpdateOfWhatIsNoLongerSoIsRefusedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await CreateAsync(client, Id, schedule => schedule.State.Paused = true);
        DescribeScheduleResponse old = await DescribeAsync(client, Id);
        Schedule changed = old.Schedule.Clone();
        changed.State.Notes = "changed";
        await UpdateAsync(client, changed, old);
        await UntilAsync(async () => (await DescribeAsync(client, Id)).Schedule.State.Notes == "changed");
        await UpdateAsync(client, old.Schedule, old);
        await BackfillAsync(client, Id, 1, 1, ScheduleOverlapPolicy.AllowAll);
        await ReachedAsync(client, Id, counts => counts == "1 0 0 0");
        Assert.Equal("changed", (await DescribeAsync(client, Id)).Schedule.State.Notes);
    }

    /// <summary>A schedule of every full hour whose runs nobody takes up.</summary>
    protected async Task CreateAsync(ITemporalClient client, string id, Action<Schedule> change)
    {
        Schedule schedule = new()
        {
            Spec = new() { Interval = { new IntervalSpec { Interval = new() { Seconds = 3600 } } } },
            State = new(),
            Policies = new(),
            Action = new()
            {
                StartWorkflow = new()
                {
                    WorkflowId = $"{id}-run", WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = Id },
                },
            },
        };
        change(schedule);
        await client.WorkflowService.CreateScheduleAsync(new()
        {
            Namespace = client.Options.Namespace, ScheduleId = id, Schedule = schedule, RequestId = Guid.NewGuid().ToString(),
        });
    }

    private static Task<DescribeScheduleResponse> DescribeAsync(ITemporalClient client, string id) =>
        client.WorkflowService.DescribeScheduleAsync(new() { Namespace = client.Options.Namespace, ScheduleId = id });

    private static async Task UpdateAsync(ITemporalClient client, Schedule schedule, DescribeScheduleResponse described) =>
        await client.WorkflowService.UpdateScheduleAsync(new()
        {
            Namespace = client.Options.Namespace,
            ScheduleId = schedule.Action.StartWorkflow.WorkflowId[..^"-run".Length],
            Schedule = schedule,
            ConflictToken = described.ConflictToken,
            RequestId = Guid.NewGuid().ToString(),
        });

    private static async Task<string> CountsAsync(ITemporalClient client, string id)
    {
        ScheduleInfo info = (await DescribeAsync(client, id)).Info;
        return $"{info.ActionCount} {info.RunningWorkflows.Count} {info.OverlapSkipped} {info.BufferSize}";
    }

    // Says what it came to, where it does not come to what is wanted.
    private static async Task<string> ReachedAsync(ITemporalClient client, string id, Predicate<string> isReached)
    {
        string counts = "";
        try
        {
            await UntilAsync(async () => isReached(counts = await CountsAsync(client, id)));
        }
        catch (OperationCanceledException)
        {
            // The comparison shows it.
        }

        return counts;
    }

    private static Task BackfillAsync(ITemporalClient client, string id, int from, int to, ScheduleOverlapPolicy policy) =>
        PatchAsync(client, id, new()
        {
            BackfillRequest =
            {
                new BackfillRequest
                {
                    StartTime = Timestamp.FromDateTimeOffset(Begin.AddHours(from)),
                    EndTime = Timestamp.FromDateTimeOffset(Begin.AddHours(to)),
                    OverlapPolicy = policy,
                },
            },
        });

    private static Task PatchAsync(ITemporalClient client, string id, SchedulePatch patch) =>
        client.WorkflowService.PatchScheduleAsync(new()
        {
            Namespace = client.Options.Namespace, ScheduleId = id, Patch = patch, RequestId = Guid.NewGuid().ToString(),
        });

    // The policy may have ended it already.
    private static async Task EndAsync(ITemporalClient client, string workflowId)
    {
        try
        {
            await client.GetWorkflowHandle(workflowId).TerminateAsync("enough");
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
        }
    }
}

/// <summary>Schedules of the server in the box.</summary>
public sealed class BoxScheduleTests(BoxServer server) : ScheduleContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task Actions_ThatOverlap_GoByTheirPolicy() => ActionsThatOverlapGoByTheirPolicyAsync();

    [Fact]
    public Task Backfill_OfARange_StartsEachTimeOfItWithBothEnds() => BackfillStartsEachTimeOfItsRangeWithBothEndsAsync();

    [Fact]
    public Task PausedSchedule_StartsNothing_UntilItGoesOn() => PausedScheduleStartsNothingUntilItGoesOnAsync();

    [Fact]
    public Task Run_OutOfTime_PausesAScheduleThatIsTo() => RunOutOfTimePausesAScheduleThatIsToAsync();

    [Fact]
    public Task Update_OfWhatIsNoLongerSo_ChangesNothing() => UpdateOfWhatIsNoLongerSoIsRefusedAsync();
}

/// <summary>Schedules of a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealScheduleTests(RealServer server) : ScheduleContract(server.ConnectAsync)
{
    [LabFact]
    public Task Actions_ThatOverlap_GoByTheirPolicy() => ActionsThatOverlapGoByTheirPolicyAsync();

    [LabFact]
    public Task Backfill_OfARange_StartsEachTimeOfItWithBothEnds() => BackfillStartsEachTimeOfItsRangeWithBothEndsAsync();

    [LabFact]
    public Task PausedSchedule_StartsNothing_UntilItGoesOn() => PausedScheduleStartsNothingUntilItGoesOnAsync();

    [LabFact]
    public Task Run_OutOfTime_PausesAScheduleThatIsTo() => RunOutOfTimePausesAScheduleThatIsToAsync();

    [LabFact]
    public Task Update_OfWhatIsNoLongerSo_ChangesNothing() => UpdateOfWhatIsNoLongerSoIsRefusedAsync();
}
