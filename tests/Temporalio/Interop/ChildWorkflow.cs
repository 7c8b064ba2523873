using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Child")]
public sealed class ChildWorkflow
{
    private string _text = string.Empty;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => _text.Length > 0);
        return $"told {_text}";
    }

    [WorkflowSignal("tell")]
    public Task TellAsync(string text)
    {
        _text = text;
        return Task.CompletedTask;
    }
}
