using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Notes")]
public sealed class NotesWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Workflow.UpsertMemo(MemoUpdate.ValueSet("phase", "one"), MemoUpdate.ValueSet("old", "gone soon"));
        await Workflow.DelayAsync(10);
        Workflow.UpsertMemo(MemoUpdate.ValueSet("phase", "two"), MemoUpdate.ValueUnset("old"));
        return "noted";
    }
}
