using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Where a change stands; also the search attribute <c>State</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeState>))]
public enum ChangeState
{
    /// <summary>Reads the clusters, checks and plans.</summary>
    Looking,

    /// <summary>Final: an input, a precheck or a gate said no; nothing was touched.</summary>
    Refused,

    /// <summary>Final: the plan was asked for and is here; nothing was touched.</summary>
    Planned,

    /// <summary>Waits for votes on the plan.</summary>
    AwaitingApproval,

    /// <summary>Final: an approver said no; nothing was touched.</summary>
    Rejected,

    /// <summary>Final: nobody decided in time; nothing was touched.</summary>
    Expired,

    /// <summary>Final: withdrawn before it ran; nothing was changed.</summary>
    Withdrawn,

    /// <summary>Approved; waits for its start.</summary>
    Scheduled,

    /// <summary>Waits for its lock.</summary>
    Queued,

    /// <summary>Reads the clusters again and compares them with the approved plan.</summary>
    Replanning,

    /// <summary>Takes its steps.</summary>
    Running,

    /// <summary>A person paused it; waits for a person.</summary>
    Paused,

    /// <summary>A step cannot go on and waits for its cause to go away, or for a person.</summary>
    Blocked,

    /// <summary>Waits for long between two steps, with its locks released: others may work on the same objects meanwhile.</summary>
    Parked,

    /// <summary>All steps are done; checks what they brought about.</summary>
    Validating,

    /// <summary>Final: done and checked.</summary>
    Succeeded,

    /// <summary>Puts back what it changed.</summary>
    Undoing,

    /// <summary>Final: failed, and everything that it changed is put back.</summary>
    Undone,

    /// <summary>Final: failed, and something could not be put back; the journal names it.</summary>
    UndoIncomplete,

    /// <summary>Final: failed, and what it changed stays; the journal shows it.</summary>
    LeftAsIs,

    /// <summary>Final: another change has the lock, or two people broke it; nothing more was touched.</summary>
    Fenced,
}
