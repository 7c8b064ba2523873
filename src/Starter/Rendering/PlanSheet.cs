using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>
/// A plan, in the order in which a reviewer asks: class, tier and why, warnings, points of no return, changes, undo, estimate, hash.
/// </summary>
internal static class PlanSheet
{
    public static Sheet Of(ChangeStatus status, Plan plan) => new Sheet()
        .Heading($"Plan of {Words.Procedure(status.Procedure)} on {plan.Target}")
        .Facts(
            ("Class", status.Class.ToString()),
            ("Tier", Tier(status)),
            ("Asked by", status.RequestedBy),
            ("Reason", status.Reason))
        .List("Warnings", plan.Warnings.Select(warning => new Cell[] { new(warning.Code, Color.Yellow), warning.Sentence }))
        .List("No way back after", plan.PointsOfNoReturn.Select(step => new Cell[] { new(step, Color.Red) }))
        .Table("Changes", ["#", "STEP", "DOES", "OBJECT", "UNDO"], plan.Items.Select(item => new Cell[]
        {
            $"{item.Seq}",
            item.Step,
            item.Action.ToString().ToLowerInvariant(),
            item.Object.ToString(),
            item.Undo.ToString().ToLowerInvariant(),
        }))
        .Table("Fields", ["#", "FIELD", "BEFORE", "AFTER", "WHY"], plan.Items.SelectMany(item => item.Changes.Select(change => new Cell[]
        {
            $"{item.Seq}", change.Field, Value(change.Before), Value(change.After), change.Why,
        })))
        .Table("Only if needed", ["STEP", "DOES", "OBJECT", "WHY"], plan.Contingent.Select(item => new Cell[]
        {
            item.Step,
            item.Action.ToString().ToLowerInvariant(),
            item.Object.ToString(),
            item.Changes.Count == 0 ? "-" : item.Changes[0].Why,
        }))
        .Table("Rests on", ["FACT", "VALUE", "MAY CHANGE"], plan.Observed.Select(fact => new Cell[]
        {
            fact.Key, fact.Value, fact.Tolerance == FactTolerance.Exact ? "no" : "yes",
        }))
        .Line("")
        .Facts(
            ("Reaches", Reach(plan.BlastRadius)),
            ("Undo", Undo(plan)),
            ("Estimate", $"{DurationText.Write(plan.Estimate.Do)} to do, {DurationText.Write(plan.Estimate.Undo)} to undo"),
            ("Hash", status.PlanHash));

    /// <summary>What stays once it is done, in one sentence.</summary>
    public static string CannotBeUndone(Plan plan)
    {
        string[] steps = [.. plan.Items.Where(item => item.Undo == UndoKind.None).Select(item => item.Step).Distinct()];
        return steps.Length == 0 ? "All of it can be undone." : $"Cannot be undone: {string.Join(", ", steps)}.";
    }

    private static string Value(string? value) => value ?? "(absent)";

    private static string Reach(BlastRadius radius) =>
        $"nodes {Names(radius.Nodes)}; namespaces {Names(radius.Namespaces)}; workloads {Names(radius.Workloads)}";

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static string Tier(ChangeStatus status) =>
        ProcedureCatalogue.All.FirstOrDefault(procedure => procedure.WorkflowType == status.Procedure) is not { } procedure
            ? status.Tier.ToString()
        : procedure.Tier == status.Tier ? $"{status.Tier} (the procedure's own)"
        : $"{status.Tier} (the procedure's own is {procedure.Tier}; raised by the request)";

    private static string Undo(Plan plan)
    {
        string[] kept = [.. plan.Items.Where(item => item.Undo == UndoKind.None).Select(item => item.Step).Distinct()];
        return kept.Length == 0
            ? "every change is undone on failure"
            : kept.Length == plan.Items.Select(item => item.Step).Distinct().Count()
                ? "nothing is undone on failure"
                : $"undone on failure, except {string.Join(", ", kept)}";
    }
}
