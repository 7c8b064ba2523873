using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Limit")]
public sealed class LimitWorkflow
{
    private int _limit;

    [WorkflowRun]
    public async Task<int> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => _limit >= 10);
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return _limit;
    }

    [WorkflowUpdate("setLimit")]
    public async Task<string> SetLimitAsync(int value)
    {
        string echoed = await Calls.EchoAsync($"limit {value}");
        _limit += value;
        return echoed;
    }

    [WorkflowUpdateValidator(nameof(SetLimitAsync))]
    public void ValidateLimit(int value)
    {
        if (value < 0)
        {
            throw new ArgumentException($"{value} is negative");
        }
    }
}
