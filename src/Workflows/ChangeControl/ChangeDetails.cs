using System.Text;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a person reads of a change in the Temporal UI.</summary>
internal static class ChangeDetails
{
    public static string Markdown(ChangeStatus status, Refusal? refusedSignal = null)
    {
        StringBuilder text = new();
        text.AppendLine($"### {status.ChangeId}: {status.State}");
        text.AppendLine();
        text.AppendLine(PlainText.Markdown(status.Sentence));
        text.AppendLine();
        foreach (Refusal refusal in status.Refusals)
        {
            text.AppendLine($"- **{refusal.Code}** {PlainText.Markdown(refusal.Sentence)}"
                + $"{(refusal.HowToResolve is null ? "" : $" {PlainText.Markdown(refusal.HowToResolve)}")}");
        }

        if (status is { Plan: { } plan, PlanHash: { } hash })
        {
            text.Append(PlanDetails.Markdown(plan, hash));
        }

        foreach (StepStatus step in status.Steps.Where(step => step.State != StepState.Pending))
        {
            text.AppendLine($"- {step.Name}: {step.State}{(step.Detail is null ? "" : $", {PlainText.Markdown(step.Detail)}")}");
        }

        foreach (JournalEntry entry in status.Journal)
        {
            text.AppendLine($"- journal, {entry.Step}: {PlainText.Markdown(entry.Undo)}: "
                + $"{entry.State}{(entry.Detail is null ? "" : $", {PlainText.Markdown(entry.Detail)}")}");
        }

        if (refusedSignal is not null)
        {
            text.AppendLine($"- The last signal was refused, **{refusedSignal.Code}**: {PlainText.Markdown(refusedSignal.Sentence)}");
        }

        return text.ToString();
    }
}
