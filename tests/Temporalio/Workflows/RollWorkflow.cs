using Temporalio.Activities;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>One workflow that uses one of each: activity, timer, condition, signal, update, query, child.</summary>
[Workflow]
public sealed class RollWorkflow
{
    private static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) };

    private readonly List<string> _done = [];
    private bool _isApproved;
    private int _limit;

    [WorkflowQuery]
    public IReadOnlyList<string> Done => [.. _done];

    [Activity("restart")]
    public static string Restart(string broker) => $"restarted {broker}";

    [WorkflowRun]
    public async Task<string> RunAsync(string cluster)
    {
        _done.Add(await Workflow.ExecuteActivityAsync(() => Restart($"{cluster}-0"), Options));
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(50));
        _done.Add("waited");
        await Workflow.WaitConditionAsync(() => _isApproved);
        _done.Add("approved");
        await Workflow.WaitConditionAsync(() => _limit > 0);
        _done.Add($"limit {_limit}");
        _done.Add(await Workflow.ExecuteChildWorkflowAsync((NotifyWorkflow child) => child.RunAsync(cluster)));
        return string.Join(", ", _done);
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
            throw new ArgumentException($"a limit of {limit} is negative");
        }
    }
}
