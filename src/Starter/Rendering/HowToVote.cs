using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Starter.Rendering;

/// <summary>Who must vote on a change, and the very commands that do.</summary>
internal static class HowToVote
{
    public static IReadOnlyList<string> Of(ChangeStatus change, ApprovalStatus? approval) => change.PlanHash is not { } hash
        ? []
        :
        [
            approval is null
                ? $"Somebody other than {Actor.Subject(change.RequestedBy)} must approve it:"
                : $"{Words.Places(approval.Open)} other than {Actor.Subject(change.RequestedBy)} must approve it "
                    + $"by {Words.At(approval.Until)}:",
            $"  sop approve {change.ChangeId} --plan {Words.ShortHash(hash)} --comment \"...\"",
            $"  sop reject {change.ChangeId} --plan {Words.ShortHash(hash)} --comment \"...\"",
        ];
}
