using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Temporalio.Tests.Worker;

/// <content>Heartbeats, and what interrupts an activity.</content>
public sealed partial class ActivityWorkerTests
{
    [LabFact]
    public Task Activity_HeartbeatsAndFails_NextAttemptFindsItsLastDetails() => RunAsync(
        [Activity("copy")] async () =>
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            if (context.Info.Attempt == 1)
            {
                context.Heartbeat("segment", 1);
                context.Heartbeat("segment", 2);
                throw new IOException("disk full");
            }

            return $"{await context.Info.HeartbeatDetailAtAsync<string>(0)} {await context.Info.HeartbeatDetailAtAsync<int>(1)}";
        },
        async () => Assert.Equal("segment 2", await (await StartAsync("copy")).ResultAsync<string>()));

    [LabFact]
    public Task Activity_CancelRequested_LearnsItByHeartbeatAndIsCanceledWithItsLastDetails()
    {
        TaskCompletionSource started = new();
        ActivityCancellationDetails? details = null;
        return RunAsync(
            [Activity("wait")] async () =>
            {
                ActivityExecutionContext context = ActivityExecutionContext.Current;
                started.SetResult();
                try
                {
                    await HeartbeatUntilCancelledAsync(context);
                }
                finally
                {
                    details = context.CancellationDetails;
                    Assert.Equal(ActivityCancelReason.CancelRequested, context.CancelReason);
                    context.Heartbeat("at the end");
                }
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("wait", configure: WithHeartbeats);
                await started.Task.Within();
                await activity.RequestCancelAsync();
                Assert.NotNull((await activity.FailureAsync()).CanceledFailureInfo);
                Assert.True(details is { IsCancelRequested: true, IsGoneFromServer: false, IsPaused: false });
                Assert.Equal("at the end", await LastDetailAsync(activity));
            });
    }

    [LabFact]
    public Task Activity_PausedAndResumed_RunsAgain() => InterruptedAsync(
        ActivityCancelReason.Paused,
        activity => activity.PauseAsync(),
        async activity =>
        {
            Assert.Equal("ActivityPause", (await LastFailureAsync(activity)).ApplicationFailureInfo.Type);
            await activity.UnpauseAsync();
        });

    [LabFact]
    public Task Activity_Reset_RunsAgain() =>
        InterruptedAsync(ActivityCancelReason.Reset, activity => activity.ResetAsync(), _ => Task.CompletedTask);

    [LabFact]
    public Task Activity_GoneFromServer_IsCancelledForIt()
    {
        TaskCompletionSource started = new();
        TaskCompletionSource<ActivityCancelReason> reason = new();
        return RunAsync(
            [Activity("wait")] async () =>
            {
                started.SetResult();
                try
                {
                    await HeartbeatUntilCancelledAsync(ActivityExecutionContext.Current);
                }
                finally
                {
                    reason.SetResult(ActivityExecutionContext.Current.CancelReason);
                }
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("wait", configure: WithHeartbeats);
                await started.Task.Within();
                await activity.TerminateAsync();
                Assert.Equal(ActivityCancelReason.GoneFromServer, await reason.Task.Within());
            });
    }

    [LabFact]
    public Task Activity_HeartbeatThatCannotBeConverted_FailsWithThatError() => RunAsync(
        [Activity("wait")] async () =>
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            context.Heartbeat(new Unconvertible());
            await context.CancellationToken.CancelledWithin();
            context.CancellationToken.ThrowIfCancellationRequested();
        },
        async () =>
        {
            Failure failure = await (await StartAsync("wait", configure: request => request.RetryPolicy.MaximumAttempts = 1)).FailureAsync();
            Assert.Contains("cannot be read", failure.Message, StringComparison.Ordinal);
        });

    private static void WithHeartbeats(Temporalio.Api.WorkflowService.V1.StartActivityExecutionRequest request) =>
        request.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));

    private static async Task HeartbeatUntilCancelledAsync(ActivityExecutionContext context)
    {
        while (true)
        {
            context.Heartbeat("going");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.CancellationToken);
        }
    }

    private static async Task<string> LastDetailAsync(StandaloneActivity activity) =>
        await DataConverter.Default.ToSingleValueAsync<string>((await activity.DescribeAsync()).HeartbeatDetails.Payloads_);

    /// <summary>The failure of the last attempt; the activity goes on.</summary>
    private static async Task<Failure> LastFailureAsync(StandaloneActivity activity)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (true)
        {
            if ((await activity.DescribeAsync()).LastFailure is { } failure)
            {
                return failure;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private Task InterruptedAsync(
        ActivityCancelReason expected, Func<StandaloneActivity, Task> interrupt, Func<StandaloneActivity, Task> resume)
    {
        int runs = 0;
        TaskCompletionSource started = new();
        TaskCompletionSource<ActivityCancelReason> reason = new();
        return RunAsync(
            [Activity("wait")] async () =>
            {
                ActivityExecutionContext context = ActivityExecutionContext.Current;
                if (Interlocked.Increment(ref runs) > 1)
                {
                    return "second run";
                }

                started.SetResult();
                try
                {
                    await HeartbeatUntilCancelledAsync(context);
                    return "never";
                }
                finally
                {
                    reason.SetResult(context.CancelReason);
                }
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("wait", configure: WithHeartbeats);
                await started.Task.Within();
                await interrupt(activity);
                Assert.Equal(expected, await reason.Task.Within());
                await resume(activity);
                Assert.Equal("second run", await activity.ResultAsync<string>());
            });
    }
}
