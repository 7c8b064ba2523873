using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Rehearsals;
using Orchestrator.Workflows.ChangeControl;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>A rehearsal: the plan, what happened and when, what stands in the way, how it ended.</summary>
internal static class RehearsalSheet
{
    public static Sheet Of(Rehearsed rehearsed)
    {
        ChangeStatus change = rehearsed.View.Change;
        Sheet sheet = change.Plan is { } plan ? PlanSheet.Of(change, plan) : new Sheet();
        string? day = null;
        return sheet
            .Table("Transcript (simulated time)", ["WHEN", "KIND", "WHAT"], rehearsed.Transcript.Select(entry => new Cell[]
            {
                When(entry.At, ref day), entry.Kind, entry.Text,
            }))
            .List("Would be refused, warned of or stopped", rehearsed.Refused.SelectMany(Rows))
            .Heading($"Rehearsal of {rehearsed.Procedure} on {rehearsed.Target}")
            .Facts(
                ("Cluster", rehearsed.Scenario ?? "the default scenario"),
                ("Faults", rehearsed.Faults.Count == 0 ? "none" : string.Join(", ", rehearsed.Faults)),
                ("Votes", $"by itself, {rehearsed.ApproveAfter} after each plan"),
                ("Took", $"{DurationText.Write(Whole(rehearsed.Ended - rehearsed.Begun))} of simulated time"),
                ("Plan", change.PlanHash),
                ("End", Words.State(change.State)),
                ("", change.Sentence),
                ("Lost", $"{rehearsed.LostRecords} acknowledged records"));
    }

    // The day stands where it changes.
    private static string When(DateTimeOffset at, ref string? day)
    {
        string today = $"{at.UtcDateTime:yyyy-MM-dd}";
        string text = today == day ? Words.TimeOfDay(at) : Words.At(at);
        day = today;
        return text;
    }

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));

    private static IEnumerable<Cell[]> Rows(RehearsedRefusal refusal)
    {
        yield return [new(refusal.Code, refusal.Effect == "warns" ? Color.Yellow : Color.Red), $"{refusal.Effect}: {refusal.Sentence}"];
        if (refusal.HowToResolve is { } how)
        {
            yield return ["", new($"→ {how}", Color.Grey)];
        }
    }
}
