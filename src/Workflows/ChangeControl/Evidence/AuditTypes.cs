namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>The types of audit events; none is ever renamed.</summary>
public static class AuditTypes
{
    /// <summary>The actor of what the run itself did.</summary>
    public const string SystemActor = "system";

    /// <summary>A change was asked for.</summary>
    public const string Submitted = "change.submitted";

    /// <summary>The change moved to another state.</summary>
    public const string Moved = "change.moved";

    /// <summary>The change has ended.</summary>
    public const string Closed = "change.closed";

    /// <summary>A plan was made.</summary>
    public const string Planned = "change.planned";

    /// <summary>The checks before a plan were made.</summary>
    public const string Precheck = "precheck.evaluated";

    /// <summary>A vote counted.</summary>
    public const string Vote = "vote.cast";

    /// <summary>A vote was revoked.</summary>
    public const string VoteRevoked = "vote.revoked";

    /// <summary>The plan was made again under the lock and compared.</summary>
    public const string Replan = "replan.compared";

    /// <summary>A lock was asked for.</summary>
    public const string LockRequested = "lock.requested";

    /// <summary>A lock was given.</summary>
    public const string LockGranted = "lock.granted";

    /// <summary>All locks were released.</summary>
    public const string LockReleased = "lock.released";

    /// <summary>A lock of the run was broken.</summary>
    public const string LockBroken = "lock.broken";

    /// <summary>A step began.</summary>
    public const string StepStarted = "step.started";

    /// <summary>A step is done.</summary>
    public const string StepDone = "step.done";

    /// <summary>A step failed.</summary>
    public const string StepFailed = "step.failed";

    /// <summary>A step was skipped, as a person decided.</summary>
    public const string StepSkipped = "step.skipped";

    /// <summary>An undo was written down, before its act.</summary>
    public const string UndoPushed = "undo.pushed";

    /// <summary>An act was undone.</summary>
    public const string UndoDone = "undo.done";

    /// <summary>An act could not be undone.</summary>
    public const string UndoFailed = "undo.failed";

    /// <summary>An act was left on purpose.</summary>
    public const string UndoSkipped = "undo.skipped";

    /// <summary>A person used a control.</summary>
    public const string Control = "control.used";

    /// <summary>Something in the cluster speaks against continuing.</summary>
    public const string Recheck = "recheck.failed";

    /// <summary>The checks after the steps were made.</summary>
    public const string Validated = "validate.result";

    /// <summary>An activity that writes was called by whoever may not, or for what no approved plan has.</summary>
    public const string ActRefused = "act.refused";

    /// <summary>A person should have decided, and nobody did in the time of the tier.</summary>
    public const string Overdue = "decision.overdue";

    /// <summary>A call of a run under way has no answer, or has one again.</summary>
    public const string Outage = "call.outage";

    /// <summary>A person was asked for something that only a person can do or decide.</summary>
    public const string TaskAsked = "task.asked";

    /// <summary>People were reminded of a task.</summary>
    public const string TaskReminded = "task.reminded";

    /// <summary>A task was answered.</summary>
    public const string TaskAnswered = "task.answered";

    /// <summary>Nobody answered a task in time.</summary>
    public const string TaskExpired = "task.expired";

    /// <summary>What the run saw that nobody had planned.</summary>
    public const string Seen = "world.changed";
}
