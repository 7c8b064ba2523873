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
                    ? "No break waits to be confirmed; the time for it is 15 minutes."
                    : "Nobody holds the lock.")
            : Actor.Fault(ask.Actor) is { } fault
                ? Refusal.Block(BreakRefusals.ActorUnverified, $"'{SubjectName.Shown(ask.Actor)}' {fault}.")
            : (ask.Reason?.Trim().Length ?? 0) < ShortestReason
                ? Refusal.Block(BreakRefusals.ReasonRequired, $"Say why in at least {ShortestReason} characters.")
            : confirms && Actor.Same(book.PendingBreak!.Asked.Actor, subject)
                ? Refusal.Block(BreakRefusals.SamePerson, $"{subject} asked for the break; somebody else must confirm it.")
            : null;
    }

    /// <summary>Why the policy refuses it; null where it does not.</summary>
    public static Refusal? Refuse(BreakLock ask, bool confirms, ChangePolicy policy)
    {
        string subject = Actor.Subject(ask.Actor);
        string[] roles = confirms ? Confirming : Asking;
        return !policy.AllowUnverifiedActors
                ? Refusal.Block(BreakRefusals.ActorUnverified,
                    $"Nobody vouches for the name '{ask.Actor}'; profile {policy.Profile} takes verified people alone.")
            : !policy.Voters.Of(subject).Any(roles.Contains)
                ? Refusal.Block(BreakRefusals.ActorLacksRole,
                    $"{subject} has none of the roles {string.Join(", ", roles)}; they are given under Orchestrator:Roles of the worker.")
            : null;
    }
}
