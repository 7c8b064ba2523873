using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Replay;

/// <summary>The same program as <c>typescript/workflows.js</c>, call by call.</summary>
[Workflow]
public sealed class MixWorkflow
{
    private static readonly ActivityOptions Options = new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(30),
        RetryPolicy = new() { MaximumAttempts = 1 },
    };

    private readonly List<string> _done = [];
    private bool _isApproved;
    private int _limit;

    [WorkflowQuery]
    public IReadOnlyList<string> Done => [.. _done];

    [WorkflowRun]
    public async Task<IReadOnlyList<string>> RunAsync(string cluster, int round)
    {
        _done.Add(await ActivityAsync("echo", Options, $"{cluster}-0"));
        await Workflow.DelayAsync(20);
        Task<string>[] three = [ActivityAsync("echo", Options, "a"), ActivityAsync("fail", Options, "b"), ActivityAsync("echo", Options, "c")];
        _done.Add(string.Join('+', await Workflow.WhenAllAsync(three.Select(OrFailedAsync))));
        await CancelSlowAsync();
        _done.Add(await ActivityAsync("echo", Options, Workflow.Patched("faster") ? "new" : "old"));
        if (Workflow.Patched("sturdier"))
        {
            _done.Add("sturdier");
        }

        Workflow.UpsertMemo(MemoUpdate.ValueSet("owner", "sre"));
        await Workflow.WaitConditionAsync(() => _isApproved);
        await Workflow.WaitConditionAsync(() => _limit > 0);
        _done.Add($"limit {_limit}");
        _done.Add(await Workflow.ExecuteChildWorkflowAsync<string>(
            "NotifyWorkflow", [cluster], new() { Id = $"{Workflow.Info.WorkflowId}/child" }));
        await SignalNobodyAsync();
        bool raced = await Workflow.WaitConditionAsync(() => false, 15);
        _done.Add($"raced {(raced ? "true" : "false")}");
        return round < 1
            ? throw Workflow.CreateContinueAsNewException((MixWorkflow next) => next.RunAsync(cluster, round + 1))
            : _done;
    }

    [WorkflowSignal]
    public Task ApproveAsync()
    {
        _isApproved = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public async Task<int> SetLimitAsync(int limit)
    {
        await Workflow.DelayAsync(1);
        int old = _limit;
        _limit = limit;
        return old;
    }

    [WorkflowUpdateValidator(nameof(SetLimitAsync))]
    public void ValidateLimit(int limit)
    {
        if (limit < 0)
        {
            throw new ArgumentException("negative");
        }
    }

    private static Task<string> ActivityAsync(string name, ActivityOptions options, params object[] args) =>
        Workflow.ExecuteActivityAsync<string>(name, args, options);

    private static async Task<string> OrFailedAsync(Task<string> task)
    {
        try
        {
            return await task;
        }
        catch (ActivityFailureException)
        {
            return "failed";
        }
    }

    private async Task CancelSlowAsync()
    {
        using CancellationTokenSource source = new();
        ActivityOptions options = (ActivityOptions)Options.Clone();
        options.CancellationToken = source.Token;
        Task<string> slow = ActivityAsync("slow", options);
        await Workflow.DelayAsync(30);
        CancelHere(source);
        try
        {
            await slow;
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            _done.Add("cancelled");
        }
    }

    // Cancelling asynchronously would leave the workflow's thread.
    private static void CancelHere(CancellationTokenSource source) => source.Cancel();

    private async Task SignalNobodyAsync()
    {
        try
        {
            await Workflow.GetExternalWorkflowHandle("nobody").SignalAsync("x", []);
        }
        catch (ApplicationFailureException)
        {
            _done.Add("no such workflow");
        }
    }
}
