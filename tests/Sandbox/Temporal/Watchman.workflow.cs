using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>Has a watchman make rounds, until he has made all of them or the run is cancelled.</summary>
[Workflow("Watch")]
public sealed class WatchWorkflow
{
    [WorkflowRun]
    public async Task<int> RunAsync(int rounds, TimeSpan beatsWithin) => await Workflow.ExecuteActivityAsync(
        (Watchman w) => w.WalkAsync(rounds),
        new()
        {
            StartToCloseTimeout = TimeSpan.FromDays(30),
            HeartbeatTimeout = beatsWithin,
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromSeconds(1) },
        });
}

/// <summary>Makes rounds, ten minutes apart; another worker goes on with the next one.</summary>
public sealed class Watchman(Func<TimeSpan, CancellationToken, Task> wait)
{
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private int _rounds;

    /// <summary>Called after each round with how many there have been.</summary>
    public Action<int> AfterRound { get; set; } = _ => { };

    [Activity]
    public async Task<int> WalkAsync(int rounds)
    {
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        try
        {
            while (_rounds < rounds)
            {
                context.Heartbeat(++_rounds);
                AfterRound(_rounds);
                await wait(Pause, context.CancellationToken);
            }
        }
        catch (OperationCanceledException) when (context.CancellationDetails is { IsCancelRequested: true })
        {
            return -_rounds;
        }

        return _rounds;
    }
}
