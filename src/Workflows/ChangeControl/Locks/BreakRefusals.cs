namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Why a break of a lock is refused, in the order in which it is checked.</summary>
public static class BreakRefusals
{
    /// <summary>Nobody holds the lock, or no break waits to be confirmed.</summary>
    public const string NothingToBreak = "NOTHING_TO_BREAK";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>The reason is missing or too short.</summary>
    public const string ReasonRequired = "REASON_REQUIRED";

    /// <summary>The second person is the first one.</summary>
    public const string SamePerson = "SAME_PERSON";

    /// <summary>Who asks has no role that may break a lock.</summary>
    public const string ActorLacksRole = "ACTOR_LACKS_ROLE";
}
