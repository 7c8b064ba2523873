namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Names that live in histories and on the server; none is ever renamed.</summary>
public static class ChangeNames
{
    /// <summary>The task queue of workflows and activities.</summary>
    public const string TaskQueue = "orchestrator";

    /// <summary>
    /// The task queue of activities that watch for as long as a lock is held or a roll lasts: in <see cref="TaskQueue"/> they would take
    /// the slots of those that act.
    /// </summary>
    public const string WatchQueue = "orchestrator-watches";

    /// <summary>Query: where a change, an approval or a supervised roll stands.</summary>
    public const string StatusQuery = "status";

    /// <summary>Update, and Signal for the Temporal UI: a vote on a plan.</summary>
    public const string VoteUpdate = "vote";

    /// <summary>Update of an approval: a vote is revoked.</summary>
    public const string RevokeUpdate = "revoke";

    /// <summary>Workflow type of the approval.</summary>
    public const string ApproveChange = "ApproveChange";

    /// <summary>Search attribute: workflow type of the procedure.</summary>
    public const string ProcedureAttribute = "Procedure";

    /// <summary>Search attribute: <c>context/namespace</c>.</summary>
    public const string TargetAttribute = "Target";

    /// <summary>Search attribute: a <see cref="ChangeState"/>.</summary>
    public const string StateAttribute = "State";

    /// <summary>Search attribute: a <see cref="ChangeTier"/>.</summary>
    public const string TierAttribute = "Tier";

    /// <summary>Search attribute: an <see cref="Approvals.ApprovalDecision"/>, on changes that asked for votes.</summary>
    public const string ApprovalStateAttribute = "ApprovalState";

    /// <summary>Search attribute: who asked.</summary>
    public const string RequestedByAttribute = "RequestedBy";

    /// <summary>Search attribute: the change.</summary>
    public const string ChangeIdAttribute = "ChangeId";

    /// <summary>Search attribute: the incident that the change belongs to, on changes that belong to one.</summary>
    public const string IncidentIdAttribute = "IncidentId";

    /// <summary>Search attribute: the role that may answer a task, on tasks for a person.</summary>
    public const string TaskRoleAttribute = "TaskRole";

    /// <summary>All search attributes; each is a keyword and must be registered with the server.</summary>
    public static IReadOnlyList<string> SearchAttributes { get; } =
        [ProcedureAttribute, TargetAttribute, StateAttribute, TierAttribute, ApprovalStateAttribute, RequestedByAttribute,
            ChangeIdAttribute, IncidentIdAttribute, TaskRoleAttribute];
}
