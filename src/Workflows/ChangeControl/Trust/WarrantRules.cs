using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>Whether an act is the one that its warrant is for. Pure; that the plan was approved is another question.</summary>
public static class WarrantRules
{
    /// <summary>Stands in a plan for the id of the workflow that carries it out.</summary>
    public const string WorkflowIdPlaceholder = "{workflowId}";

    /// <summary>Stands in a plan for the change that carries it out.</summary>
    public const string ChangeIdPlaceholder = "{changeId}";

    /// <summary>Why the act is refused, in one sentence; null where its warrant is for it.</summary>
    public static string? Refuse(IWarrantedAct input, CallingRun run)
    {
        if (input.Warrant is not { } warrant)
        {
            return "It carries no warrant: no plan allows it.";
        }

        PlannedAct act = input.Act();
        PlanItem item = warrant.Item;
        return !run.IsProcedure ? $"{run.WorkflowType} is no procedure."
            : warrant.Header.Procedure != run.WorkflowType
                ? $"Its plan is one of {warrant.Header.Procedure}, and the run is one of {run.WorkflowType}."
            : RefuseFences(input.Fences ?? [], warrant.Header.ClusterUid)
            ?? RefuseObject(act.Object, item.Object)
            ?? (warrant.Undoes ? RefuseUndo(act, item) : RefuseAction(act.Action, item))
            ?? RefuseChanges(act, item, warrant.Undoes, run)
            ?? (warrant.PlanHash() is null ? "Its item belongs to no plan: the path to the root does not fit." : null);
    }

    private static string? RefuseFences(IReadOnlyList<Fence> fences, string clusterUid) =>
        fences.Count == 0 ? "It carries no fencing token: the run holds no lock."
        : fences[^1].Mode != LockMode.Exclusive ? $"The run only shares {fences[^1].Guard}."
        : fences.FirstOrDefault(fence => !GuardId.IsOf(fence.Guard, clusterUid)) is { } other
            ? $"{other.Guard} is no lock of cluster {clusterUid}."
        : null;

    // An item without a UID means whichever object has the name.
    private static string? RefuseObject(PlanObject acted, PlanObject planned) =>
        acted with { Uid = null } == planned with { Uid = null } && (planned.Uid is null || planned.Uid == acted.Uid)
            ? null
            : $"It acts on {Text(acted)}, the plan on {Text(planned)}.";

    // What a point of no return does is told by its object and its fields.
    private static string? RefuseAction(PlanAction acted, PlanItem item) =>
        acted == item.Action || item.Action == PlanAction.Commit
            ? null
            : $"It is to {acted} {item.Object}, the plan is to {item.Action} it.";

    private static string? RefuseUndo(PlannedAct act, PlanItem item) =>
        item is { Action: PlanAction.Update, Undo: UndoKind.Exact } && act.Action == PlanAction.Update
            ? null
            : $"The plan does not say that step {item.Step} is put back.";

    private static string? RefuseChanges(PlannedAct act, PlanItem item, bool undoes, CallingRun run)
    {
        List<FieldValue> planned =
        [
            .. item.Changes.Where(change => change.Pointer is not null).Select(change => undoes
                ? new FieldValue(change.Pointer!, Filled(change.After, run), Filled(change.Before, run))
                : new FieldValue(change.Pointer!, Filled(change.Before, run), Filled(change.After, run))),
        ];
        FieldValue? other = act.Changes.FirstOrDefault(change => !planned.Contains(change))
            ?? planned.Find(change => !act.Changes.Contains(change));
        return other is null && act.Changes.Count == planned.Count ? null
            : other is null ? $"It changes a field of {act.Object} twice."
            : act.Changes.Contains(other)
                ? $"{other.Pointer} of {act.Object} is not planned to go from {Show(other.Before)} to {Show(other.After)}."
            : $"It leaves out {other.Pointer} of {act.Object}, which the plan changes with it.";
    }

    private static string? Filled(string? text, CallingRun run) => text?
        .Replace(WorkflowIdPlaceholder, run.WorkflowId, StringComparison.Ordinal)
        .Replace(ChangeIdPlaceholder, ChangeId.Of(run.WorkflowId), StringComparison.Ordinal);

    private static string Text(PlanObject obj) => $"{obj.System} {obj}{(obj.Uid is null ? "" : $" (uid {obj.Uid})")}";

    private static string Show(string? value) => value is null ? "absent" : $"'{value}'";
}
