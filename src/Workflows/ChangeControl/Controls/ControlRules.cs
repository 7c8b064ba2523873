using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>Who may steer a run, and when. Pure.</summary>
public static class ControlRules
{
    private const int ShortestReason = 10;
    private const string TeamLead = "team-lead";
    private const string OnCall = "on-call-primary";

    /// <summary>The controls that a run takes in a state; none in a final one.</summary>
    public static IReadOnlyList<string> In(ChangeState state) => state switch
    {
        ChangeState.AwaitingApproval or ChangeState.Scheduled or ChangeState.Queued => [ControlNames.Withdraw],
        ChangeState.Running => [ControlNames.Pause, ControlNames.Abort],
        ChangeState.Validating => [ControlNames.Abort],
        ChangeState.Paused => [ControlNames.Resume, ControlNames.Abort],
        ChangeState.Blocked => [ControlNames.Resume, ControlNames.RetryStep, ControlNames.Abort, ControlNames.AcceptAsIs],
        _ => [],
    };

    /// <summary>Why a control is refused; null where it is not. The first reason in the order of <see cref="ControlRefusals"/>.</summary>
    /// <param name="control">One of <see cref="ControlNames"/>.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="requestedBy">Who asked for the change.</param>
    /// <param name="policy">The policy that holds; null before it is read.</param>
    public static Refusal? Refuse(string control, ControlRequest request, ChangeState state, string requestedBy, ChangePolicy? policy) =>
        RefuseState(control, state) ?? RefuseActor(request, policy) ?? RefuseRole(control, Actor.Subject(request.Actor), Actor.Subject(requestedBy), policy!)
        ?? RefuseReason(control, request);

    private static Refusal? RefuseState(string control, ChangeState state) => In(state).Contains(control)
        ? null
        : Refusal.Block(
            ControlRefusals.NotInThisState,
            $"A change in state {state} takes no {control}{(In(state) is { Count: > 0 } controls ? $"; it takes {string.Join(", ", controls)}" : "")}.");

    private static Refusal? RefuseActor(ControlRequest request, ChangePolicy? policy) =>
        policy is null || !policy.AllowUnverifiedActors
            ? Refusal.Block(
                ControlRefusals.ActorUnverified,
                $"Nobody vouches for the name '{request.Actor}'; profile {policy?.Profile ?? "(not read yet)"} takes verified people alone.")
        : !Actor.IsUnverified(request.Actor)
            ? Refusal.Block(
                ControlRefusals.ActorUnverified,
                $"The name '{request.Actor}' must be '{Actor.UnverifiedPrefix}' and a name; signed statements are not taken yet.")
        : null;

    private static Refusal? RefuseRole(string control, string subject, string requester, ChangePolicy policy)
    {
        string[] roles = control switch
        {
            ControlNames.Pause or ControlNames.Resume or ControlNames.Abort => [TeamLead, OnCall],
            _ => [TeamLead],
        };

        // Where an installation has nobody with the role, nobody else is there to ask.
        bool isRequesters = control != ControlNames.AcceptAsIs || roles.All(role => policy.Voters.PeopleIn(role) == 0);
        return (isRequesters && subject == requester) || policy.Voters.Of(subject).Any(roles.Contains)
            ? null
            : Refusal.Block(
                ControlRefusals.ActorLacksRole,
                $"{subject} may not {control}: that takes {(isRequesters ? $"{requester}, who asked for the change, or " : "")}the role {string.Join(" or ", roles)}.");
    }

    private static Refusal? RefuseReason(string control, ControlRequest request) =>
        control == ControlNames.AcceptAsIs && (request.Reason?.Trim().Length ?? 0) < ShortestReason
            ? Refusal.Block(ControlRefusals.ReasonRequired, $"Say in at least {ShortestReason} characters why what the run left may stay.")
            : null;
}
