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
            return "It has no warrant: no plan allows it.";
        }

        PlannedAct act = input.Act();
        PlanItem item = warrant.Item;
        return !run.IsProcedure ? $"{run.WorkflowType} is not a procedure."
            : warrant.Header.Procedure != run.WorkflowType
                ? $"Its plan is for {warrant.Header.Procedure}, but the run is of {run.WorkflowType}."
            : RefuseFences(input.Fences ?? [], warrant.Header.ClusterUid)
            ?? RefuseObject(act.Object, item.Object)
            ?? (warrant.Undoes ? RefuseUndo(act, item) : RefuseAction(act.Action, item))
            ?? RefuseChanges(act, item, warrant.Undoes, run)
            ?? (warrant.PlanHash() is null ? "Its item is not part of the plan: its path does not lead to the root hash." : null);
    }

    private static string? RefuseFences(IReadOnlyList<Fence> fences, string clusterUid) =>
        fences.Count == 0 ? "It has no fencing token: the run holds no lock."
        : fences[^1].Mode != LockMode.Exclusive ? $"The run holds {fences[^1].Guard} only as a shared lock."
        : fences.FirstOrDefault(fence => !GuardId.IsOf(fence.Guard, clusterUid)) is { } other
            ? $"{other.Guard} is not a lock of cluster {clusterUid}."
        : null;

    // An item without a UID means whichever object has the name.
    private static string? RefuseObject(PlanObject acted, PlanObject planned) =>
        acted with { Uid = null } == planned with { Uid = null } && (planned.Uid is null || planned.Uid == acted.Uid)
            ? null
            : $"It acts on {Text(acted)}, but the plan is for {Text(planned)}.";

    // What a point of no return does is told by its object and its fields.
    private static string? RefuseAction(PlanAction acted, PlanItem item) =>
        acted == item.Action || item.Action == PlanAction.Commit
            ? null
            : $"Its action on {item.Object} is {acted}, but the plan's is {item.Action}.";

    private static string? RefuseUndo(PlannedAct act, PlanItem item) =>
        item is { Action: PlanAction.Update, Undo: UndoKind.Exact } && act.Action == PlanAction.Update
            ? null
            : $"The plan has no undo for step {item.Step}.";

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
                ? $"The plan does not change {other.Pointer} of {act.Object} from {Show(other.Before)} to {Show(other.After)}."
            : $"It does not change {other.Pointer} of {act.Object}, which is part of the planned change.";
    }

    private static string? Filled(string? text, CallingRun run) => text?
        .Replace(WorkflowIdPlaceholder, run.WorkflowId, StringComparison.Ordinal)
        .Replace(ChangeIdPlaceholder, ChangeId.Of(run.WorkflowId), StringComparison.Ordinal);

    private static string Text(PlanObject obj) => $"{obj.System} {obj}{(obj.Uid is null ? "" : $" (uid {obj.Uid})")}";

    private static string Show(string? value) => value is null ? "absent" : $"'{value}'";
}
