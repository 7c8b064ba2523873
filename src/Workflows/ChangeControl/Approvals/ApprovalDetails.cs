using System.Text;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>What an approver reads in the Temporal UI.</summary>
internal static class ApprovalDetails
{
    public static string Markdown(ApproveChangeInput input, ApprovalStatus status, Refusal? refusedSignal)
    {
        StringBuilder text = new();
        text.AppendLine($"### {input.ChangeId}: {PlainText.Markdown(status.Sentence)}");
        text.AppendLine();
        text.AppendLine($"{PlainText.Markdown(input.RequestedBy)} requests **{input.Plan.Procedure}** ({input.Tier}) "
            + $"on **{input.Plan.Target}**: {PlainText.Markdown(input.Reason)}");
        text.AppendLine();
        foreach (Refusal warning in input.Plan.Warnings)
        {
            text.AppendLine($"- Warning {warning.Code}: {PlainText.Markdown(warning.Sentence)}");
        }

        text.Append(PlanDetails.Markdown(input.Plan, input.PlanHash));
        foreach (CastVote vote in status.Votes)
        {
            text.AppendLine($"- {vote.At:u} {PlainText.Markdown(vote.Voter)} ({vote.Role}): "
                + $"{vote.Decision}{(vote.Comment is null ? "" : $", {PlainText.Markdown(vote.Comment)}")}");
        }

        if (refusedSignal is not null)
        {
            text.AppendLine($"- The last signal was refused, **{refusedSignal.Code}**: {PlainText.Markdown(refusedSignal.Sentence)}");
        }

        return text.ToString();
    }
}
