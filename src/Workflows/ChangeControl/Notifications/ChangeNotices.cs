namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>What people are told of a change as it moves (<c>sops-platform.md</c> 1.14). Pure.</summary>
internal static class ChangeNotices
{
    /// <summary>The type of the notice that a change waits for votes.</summary>
    public const string GateWaiting = "gate.waiting";

    /// <summary>The type of the notice that it still does.</summary>
    public const string GateReminder = "gate.reminder";

    /// <summary>The type of the notice that a task waits for a person.</summary>
    public const string TaskWaiting = "task.waiting";

    /// <summary>The type of the notice that it still does.</summary>
    public const string TaskReminder = "task.reminder";

    /// <summary>The type of the notice that a task had no answer in its time.</summary>
    public const string TaskExpired = "task.expired";

    /// <summary>The type of the notice that a change stands still for longer than its tier allows.</summary>
    public const string Overdue = "change.overdue";

    /// <summary>The parts of a time to decide after which people are reminded.</summary>
    public static IReadOnlyList<double> RemindAfter { get; } = [0.5, 0.9];

    /// <summary>What is told when a change moves to a state; null where nothing is.</summary>
    /// <param name="to">Where it moves to.</param>
    /// <param name="tier">Its tier: starts and good ends of the smallest are nobody's concern.</param>
    /// <param name="isFirst">Whether it takes its first step.</param>
    /// <param name="isTroubled">Whether people were told that it stands still, and not yet that it is over.</param>
    public static (string Type, NotificationSeverity Severity)? Of(ChangeState to, ChangeTier tier, bool isFirst, bool isTroubled)
    {
        NotificationSeverity stands = tier == ChangeTier.T3 ? NotificationSeverity.Page : NotificationSeverity.Warning;
        return to switch
        {
            ChangeState.Refused => ("change.refused", NotificationSeverity.Info),
            ChangeState.Rejected => ("change.denied", NotificationSeverity.Info),
            ChangeState.Expired => ("change.expired", NotificationSeverity.Info),
            ChangeState.Running when isFirst && tier > ChangeTier.T1 => ("change.started", NotificationSeverity.Info),
            ChangeState.Running or ChangeState.Validating when isTroubled => ("change.resumed", NotificationSeverity.Info),
            ChangeState.Paused => ("change.paused", stands),
            ChangeState.Blocked => ("change.blocked", stands),
            ChangeState.Succeeded when isTroubled || tier > ChangeTier.T1 => ("change.closed", NotificationSeverity.Info),
            ChangeState.Undone => ("change.undone", NotificationSeverity.Warning),
            ChangeState.UndoIncomplete => ("change.undo_incomplete", NotificationSeverity.Page),
            ChangeState.LeftAsIs => ("change.left_as_is", NotificationSeverity.Page),
            ChangeState.Fenced => ("change.fenced", NotificationSeverity.Page),
            _ => null,
        };
    }

    /// <summary>Whether a change in a state needs somebody: the trouble is over once it leaves it.</summary>
    public static bool IsTrouble(ChangeState state) => state
        is ChangeState.Paused or ChangeState.Blocked or ChangeState.UndoIncomplete or ChangeState.LeftAsIs or ChangeState.Fenced;
}
