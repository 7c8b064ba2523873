using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Patched")]
public sealed class PatchedWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        string first = await Calls.EchoAsync(Workflow.Patched("new-way") ? "new" : "old");
        Workflow.DeprecatePatch("older-way");
        return $"{first} {await Calls.EchoAsync(Workflow.Patched("new-way") ? "still new" : "old again")}";
    }
}
