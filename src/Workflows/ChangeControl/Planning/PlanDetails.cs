using System.Text;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>A plan as people read it in the Temporal UI.</summary>
internal static class PlanDetails
{
    public static string Markdown(Plan plan, string hash)
    {
        StringBuilder text = new();
        text.AppendLine($"Plan `{hash[..12]}`, expected to take {plan.Estimate.Do.TotalMinutes:0.#} min:");
        text.AppendLine();
        text.AppendLine("| # | step | action | object | change | undo |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (PlanItem item in plan.Items)
        {
            string changes = string.Join("<br>", item.Changes.Select(change =>
                $"{PlainText.Markdown(change.Field)}: {PlainText.Markdown(change.Before ?? "(absent)")} → "
                    + $"{PlainText.Markdown(change.After ?? "(absent)")}, {PlainText.Markdown(change.Why)}"));
            text.AppendLine($"| {item.Seq} | {item.Step} | {item.Action} | {PlainText.Markdown($"{item.Object}")} "
                + $"| {changes} | {item.Undo} |");
        }

        if (plan.Contingent.Count > 0)
        {
            text.AppendLine();
            text.AppendLine($"Only if needed: {string.Join("; ", plan.Contingent.Select(item => $"{item.Step} ({item.Object})"))}.");
        }

        text.AppendLine();
        text.AppendLine($"Reaches {PlainText.Markdown($"{plan.BlastRadius}")}.");
        return text.ToString();
    }
}
