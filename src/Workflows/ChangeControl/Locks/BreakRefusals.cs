namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Why a break of a lock is refused, in the order in which it is checked.</summary>
[ReasonTable("Refused breaks of a lock")]
public static class BreakRefusals
{
    /// <summary>Nobody holds the lock, or no break waits to be confirmed.</summary>
    [Reason("Nobody holds the lock, or there is no break to confirm.", "Look at `sop locks`.")]
    public const string NothingToBreak = "NOTHING_TO_BREAK";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    [Reason("The name is not verified, and the installation requires that.", "Use the profile `laptop`, which accepts unverified names.")]
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>The reason is missing or too short.</summary>
    [Reason("The reason is missing or has fewer than 10 characters.", "Say why.")]
    public const string ReasonRequired = "REASON_REQUIRED";

    /// <summary>The second person is the first one.</summary>
    [Reason("The person who confirms is the one who asked.", "Let somebody else confirm.")]
    public const string SamePerson = "SAME_PERSON";

    /// <summary>Who asks has no role that may break a lock.</summary>
    [Reason(
        "Asking needs the role `incident-commander` or `platform-admin`; confirming needs one of these or `team-lead`.",
        "Assign the role under `Orchestrator:Roles`, or let somebody who has it do it.")]
    public const string ActorLacksRole = "ACTOR_LACKS_ROLE";
}
