using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Temporalio.Workflows;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>Says that it is the approval, and that it is granted, although nobody voted.</summary>
[Workflow(ChangeNames.ApproveChange)]
public sealed class RogueApprovalWorkflow
{
    [WorkflowRun]
    public Task<ApprovalStatus> RunAsync(ApproveChangeInput input) => Task.FromResult(new ApprovalStatus(
        ApprovalDecision.Granted, input.PlanHash, [], [],
        new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero) + input.Timeout, "Approved by nobody at all."));
}
