using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Labels")]
public sealed class LabelsWorkflow
{
    public static readonly SearchAttributeKey<string> Owner = SearchAttributeKey.CreateKeyword("InteropOwner");

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Workflow.UpsertTypedSearchAttributes(Owner.ValueSet("ann"));
        await Workflow.DelayAsync(10);
        Workflow.UpsertTypedSearchAttributes(Owner.ValueUnset());
        return "labelled";
    }
}
