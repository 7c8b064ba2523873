using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>Who may steer a run, and when. Pure.</summary>
public static class ControlRules
{
    private const int ShortestReason = 10;
    private const int ShortestReasonToSkip = 20;
    private const string TeamLead = "team-lead";
    private const string OnCall = "on-call-primary";

    /// <summary>The controls that a run takes in a state; none in a final one.</summary>
    public static IReadOnlyList<string> In(ChangeState state) => state switch
    {
        ChangeState.AwaitingApproval => [ControlNames.Withdraw, ControlNames.Pause],
        ChangeState.Scheduled or ChangeState.Queued => [ControlNames.Withdraw, ControlNames.Revoke, ControlNames.Pause],
        ChangeState.Replanning => [ControlNames.Revoke, ControlNames.Pause],
        ChangeState.Running => [ControlNames.Pause, ControlNames.Abort, ControlNames.SkipStep],
        ChangeState.Validating => [ControlNames.Abort],
        ChangeState.Parked => [ControlNames.Abort, ControlNames.Pause],
        ChangeState.Paused => [ControlNames.Resume, ControlNames.Abort],
        ChangeState.Blocked =>
            [ControlNames.Resume, ControlNames.RetryStep, ControlNames.Abort, ControlNames.AcceptAsIs, ControlNames.SkipStep],
        _ => [],
    };

    /// <summary>Why a control is refused; null where it is not. The first reason in the order of <see cref="ControlRefusals"/>.</summary>
    /// <param name="control">One of <see cref="ControlNames"/>.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="requestedBy">Who asked for the change.</param>
    /// <param name="policy">The policy that holds; null before it is read.</param>
    public static Refusal? Refuse(string control, ControlRequest request, ChangeState state, string requestedBy, ChangePolicy? policy) =>
        RefuseState(control, state)
            ?? RefuseActor(request, policy)
            ?? RefuseRole(control, Actor.Subject(request.Actor), Actor.Subject(requestedBy), policy!)
        ?? RefuseReason(control, request);

    /// <summary>The controls that a run takes where it stands, and honours.</summary>
    internal static IReadOnlyList<string> At(ControlPlace place)
    {
        IReadOnlyList<string> taken =
        [
            .. place switch
            {
                { Takes: { } takes } => takes,

                // Another abort says the same once more; anything else would come too late.
                { Ends: true } => In(place.State).Where(control => control is ControlNames.Abort or ControlNames.Withdraw),
                { AwaitsVotes: true } => [ControlNames.Abort, ControlNames.Pause],
                { Began: true, State: ChangeState.Queued or ChangeState.Replanning } => [ControlNames.Abort, ControlNames.Pause],
                _ => In(place.State).Where(control => control != ControlNames.SkipStep || place.CanSkip),
            },
        ];

        // A pause that was asked for and is not honoured yet can be taken back.
        return place.WillPause && taken.Contains(ControlNames.Pause) ? [.. taken, ControlNames.Resume] : taken;
    }

    /// <summary>Why a control is refused where the run stands; null where it is not.</summary>
    internal static Refusal? Refuse(string control, ControlRequest request, ControlPlace place, string requestedBy, ChangePolicy? policy) =>
        RefuseTakes(control, place) ?? RefusePlace(control, place) ?? RefuseActor(request, policy)
        ?? RefuseRole(control, Actor.Subject(request.Actor), Actor.Subject(requestedBy), policy!)
        ?? RefuseReason(control, request)
        ?? (control switch
        {
            ControlNames.SkipStep => RefuseStep(request, place, isRequired: true) ?? RefuseSkip(place),
            ControlNames.RetryStep => RefuseStep(request, place, isRequired: false) ?? RefuseEdit(request),
            ControlNames.Revoke => RefuseRevoke(Actor.Subject(request.Actor), place),
            _ => null,
        });

    private static string Possible(IReadOnlyList<string> controls) =>
        controls.Count > 0 ? $"; possible now: {string.Join(", ", controls)}" : "";

    private static Refusal? RefuseTakes(string control, ControlPlace place) => place.Takes is not { } takes || takes.Contains(control)
        ? null
        : Refusal.Block(
            ControlRefusals.NotInThisState,
            $"'{control}' is not possible while the run waits for an answer from the cluster{Possible(takes)}.");

    // That a step cannot be left out has a reason of its own, further down.
    private static Refusal? RefusePlace(string control, ControlPlace place)
    {
        IReadOnlyList<string> possible = At(place);
        bool isPossible = possible.Contains(control)
            || (control == ControlNames.SkipStep && place is { Ends: false, AwaitsVotes: false } && In(place.State).Contains(control));
        string why = place switch
        {
            { Ends: true } => " after the change was told to end",
            { AwaitsVotes: true } => " while votes are awaited on a point of no return",
            { Began: true, State: ChangeState.Queued or ChangeState.Replanning } => " once the change has begun",
            _ => "",
        };
        string votes = control == ControlNames.Revoke && (place.AwaitsVotes || place.State == ChangeState.AwaitingApproval)
            ? " While votes are awaited, revoke a vote on the approval itself, as 'sop revoke' does."
            : "";
        return isPossible
            ? null
            : Refusal.Block(
                ControlRefusals.NotInThisState,
                $"'{control}' is not possible in state {place.State}{why}{Possible(possible)}.{votes}");
    }

    private static Refusal? RefuseStep(ControlRequest request, ControlPlace place, bool isRequired) =>
        request.Step == place.Step || (request.Step is null && !isRequired)
            ? null
            : Refusal.Block(ControlRefusals.StepUnknown, $"The run is at step {place.Step ?? "(none)"}, "
                + $"but {(request.Step is null ? "no step was given" : $"step {request.Step} was given")}.");

    private static Refusal? RefuseSkip(ControlPlace place) => place.CanSkip
        ? null
        : Refusal.Block(ControlRefusals.StepNotSkippable, $"Step {place.Step} cannot be skipped: later steps depend on it.");

    private static Refusal? RefuseEdit(ControlRequest request) => request.EditedInput is null
        ? null
        : Refusal.Block(ControlRefusals.EditRefused,
            "A step can only be retried with the approved input. For other input, abort this change and start a new one.");

    private static Refusal? RefuseRevoke(string subject, ControlPlace place) => place.Voters.Any(voter => Actor.Same(voter, subject))
        ? null
        : Refusal.Block(ControlRefusals.VoterHasNotVoted, $"{subject} did not approve this plan; "
            + $"{(place.Voters.Count == 0 ? "nobody did" : string.Join(", ", place.Voters.Select(Actor.Subject)))} did.");

    private static Refusal? RefuseState(string control, ChangeState state) => In(state).Contains(control)
        ? null
        : Refusal.Block(
            ControlRefusals.NotInThisState,
            $"'{control}' is not possible in state {state}{Possible(In(state))}.");

    private static Refusal? RefuseActor(ControlRequest request, ChangePolicy? policy) =>
        policy is null || !policy.AllowUnverifiedActors
            ? Refusal.Block(
                ControlRefusals.ActorUnverified,
                $"The name '{SubjectName.Shown(request.Actor)}' is not verified; "
                    + $"profile {policy?.Profile ?? "(not read yet)"} accepts only verified people.")
        : Actor.Fault(request.Actor) is { } fault
            ? Refusal.Block(ControlRefusals.ActorUnverified, $"The name '{SubjectName.Shown(request.Actor)}' {fault}.")
        : null;

    private static Refusal? RefuseRole(string control, string subject, string requester, ChangePolicy policy)
    {
        // Everybody may take back the own vote.
        if (control == ControlNames.Revoke)
        {
            return null;
        }

        string[] roles = control switch
        {
            ControlNames.Pause or ControlNames.Resume or ControlNames.Abort => [TeamLead, OnCall],
            _ => [TeamLead],
        };

        // Where an installation has nobody with the role, nobody else is there to ask.
        bool isRequesters = control is not (ControlNames.AcceptAsIs or ControlNames.SkipStep)
            || roles.All(role => policy.Voters.PeopleIn(role) == 0);
        return (isRequesters && Actor.Same(subject, requester)) || policy.Voters.Of(subject).Any(roles.Contains)
            ? null
            : Refusal.Block(
                ControlRefusals.ActorLacksRole,
                $"{subject} may not use '{control}': "
                    + $"only {(isRequesters ? $"{requester}, the requester, or " : "")}the role {string.Join(" or ", roles)} may.");
    }

    private static Refusal? RefuseReason(string control, ControlRequest request)
    {
        int given = request.Reason?.Trim().Length ?? 0;
        return control switch
        {
            ControlNames.AcceptAsIs when given < ShortestReason =>
                Refusal.Block(ControlRefusals.ReasonRequired,
                    $"Say in at least {ShortestReason} characters why the run's changes may stay as they are."),
            ControlNames.SkipStep when given < ShortestReasonToSkip =>
                Refusal.Block(ControlRefusals.ReasonRequired,
                    $"Say in at least {ShortestReasonToSkip} characters why the step may be skipped."),
            _ => null,
        };
    }
}
