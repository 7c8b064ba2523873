using System.Text;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a person reads of a change in the Temporal UI.</summary>
internal static class ChangeDetails
{
    public static string Markdown(ChangeStatus status, Refusal? refusedSignal = null)
    {
        StringBuilder text = new();
        text.AppendLine($"### {status.ChangeId}: {status.State}");
        text.AppendLine();
        text.AppendLine(status.Sentence);
        text.AppendLine();
        foreach (Refusal refusal in status.Refusals)
        {
            text.AppendLine($"- **{refusal.Code}** {refusal.Sentence}{(refusal.HowToResolve is null ? "" : $" {refusal.HowToResolve}")}");
        }

        if (status is { Plan: { } plan, PlanHash: { } hash })
        {
            text.Append(PlanDetails.Markdown(plan, hash));
        }

        foreach (StepStatus step in status.Steps.Where(step => step.State != StepState.Pending))
        {
            text.AppendLine($"- {step.Name}: {step.State}{(step.Detail is null ? "" : $", {step.Detail}")}");
        }

        foreach (JournalEntry entry in status.Journal)
        {
            text.AppendLine($"- journal, {entry.Step}: {entry.Undo}: {entry.State}{(entry.Detail is null ? "" : $", {entry.Detail}")}");
        }

        if (refusedSignal is not null)
        {
            text.AppendLine($"- The last signal did not count, **{refusedSignal.Code}**: {refusedSignal.Sentence}");
        }

        return text.ToString();
    }
}
