using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Who may break a lock, and who may confirm it. Pure.</summary>
internal static class BreakRules
{
    private const int ShortestReason = 10;

    // The second person vouches for the first; a team lead can do that, but not ask for it.
    private static readonly string[] Asking = ["incident-commander", "platform-admin"];
    private static readonly string[] Confirming = ["incident-commander", "platform-admin", "team-lead"];

    /// <summary>Why a break is refused before anything is read; null where it is not.</summary>
    public static Refusal? Refuse(BreakLock ask, bool confirms, GuardBook book)
    {
        string subject = Actor.Subject(ask.Actor ?? "");
        return (confirms ? book.PendingBreak is null : book.Holders.Count == 0)
                ? Refusal.Block(BreakRefusals.NothingToBreak, confirms
                    ? "There is no break to confirm; a break must be confirmed within 15 minutes."
                    : "Nobody holds the lock, so there is nothing to break.")
            : Actor.Fault(ask.Actor) is { } fault
                ? Refusal.Block(BreakRefusals.ActorUnverified, $"'{SubjectName.Shown(ask.Actor)}' {fault}.")
            : (ask.Reason?.Trim().Length ?? 0) < ShortestReason
                ? Refusal.Block(BreakRefusals.ReasonRequired, $"Give a reason of at least {ShortestReason} characters.")
            : confirms && Actor.Same(book.PendingBreak!.Asked.Actor, subject)
                ? Refusal.Block(BreakRefusals.SamePerson, $"{subject} requested the break; somebody else must confirm it.")
            : null;
    }

    /// <summary>Why the policy refuses it; null where it does not.</summary>
    public static Refusal? Refuse(BreakLock ask, bool confirms, ChangePolicy policy)
    {
        string subject = Actor.Subject(ask.Actor);
        string[] roles = confirms ? Confirming : Asking;
        return !policy.AllowUnverifiedActors
                ? Refusal.Block(BreakRefusals.ActorUnverified,
                    $"The name '{ask.Actor}' is not verified; profile {policy.Profile} accepts only verified people.")
            : !policy.Voters.Of(subject).Any(roles.Contains)
                ? Refusal.Block(BreakRefusals.ActorLacksRole,
                    $"{subject} has none of the roles {string.Join(", ", roles)}; "
                        + "roles are assigned under Orchestrator:Roles of the worker.")
            : null;
    }
}
