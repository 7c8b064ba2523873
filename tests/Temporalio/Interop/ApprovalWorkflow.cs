using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Approval")]
public sealed class ApprovalWorkflow
{
    private readonly List<string> _approvers = [];

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        bool enough = await Workflow.WaitConditionAsync(() => _approvers.Count >= 2, TimeSpan.FromHours(1));
        bool more = await Workflow.WaitConditionAsync(() => _approvers.Count >= 3, TimeSpan.FromMilliseconds(50));
        return $"{(enough ? "true" : "false")} {(more ? "true" : "false")} {State()}";
    }

    [WorkflowSignal("approve")]
    public Task ApproveAsync(string who)
    {
        _approvers.Add(who);
        return Task.CompletedTask;
    }

    [WorkflowQuery("state")]
    public string State() => string.Join(' ', _approvers);
}
