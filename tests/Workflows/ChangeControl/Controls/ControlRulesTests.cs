using System.Text.Json;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.Tests.ChangeControl.Controls;

/// <summary>Who may leave a step out, try it again, and take a vote back, and when.</summary>
public sealed class ControlRulesTests
{
    private const string Why = "the check is known to be wrong";

    private static readonly ChangePolicy Policy = new(
        "laptop", AllowUnverifiedActors: true, [], new VoterRoles(["peer"], [new("bob", ["team-lead"]), new("dana", ["on-call-primary"])]));

    private static readonly ControlPlace Blocked = new(ChangeState.Blocked, "three", CanSkip: true, ["unverified:carol"]);
    private static readonly ControlPlace Queued = Blocked with { State = ChangeState.Queued, Step = null, CanSkip = false };

    /// <summary>A control, who asks for what, where the run stands, and the code of the refusal.</summary>
    public static TheoryData<string, ControlRequest, string, string?> Rows => new()
    {
        { ControlNames.SkipStep, new("unverified:bob", Why) { Step = "three" }, "blocked", null },
        { ControlNames.SkipStep, new("unverified:bob", Why), "blocked", ControlRefusals.StepUnknown },
        { ControlNames.SkipStep, new("unverified:bob", Why) { Step = "two" }, "blocked", ControlRefusals.StepUnknown },
        { ControlNames.SkipStep, new("unverified:bob", "it is known") { Step = "three" }, "blocked", ControlRefusals.ReasonRequired },
        { ControlNames.SkipStep, new("unverified:alice", Why) { Step = "three" }, "blocked", ControlRefusals.ActorLacksRole },
        { ControlNames.SkipStep, new("unverified:dana", Why) { Step = "three" }, "blocked", ControlRefusals.ActorLacksRole },
        { ControlNames.SkipStep, new("unverified:bob", Why) { Step = "three" }, "blocked for good", ControlRefusals.StepNotSkippable },
        { ControlNames.SkipStep, new("unverified:bob", Why) { Step = "three" }, "queued", ControlRefusals.NotInThisState },
        { ControlNames.RetryStep, new("unverified:alice"), "blocked", null },
        { ControlNames.RetryStep, new("unverified:alice") { Step = "three" }, "blocked", null },
        { ControlNames.RetryStep, new("unverified:alice") { Step = "two" }, "blocked", ControlRefusals.StepUnknown },
        { ControlNames.RetryStep, new("unverified:alice") { EditedInput = JsonDocument.Parse("{}").RootElement }, "blocked",
            ControlRefusals.EditRefused },
        { ControlNames.Revoke, new("unverified:carol"), "queued", null },
        { ControlNames.Revoke, new("unverified:bob"), "queued", ControlRefusals.VoterHasNotVoted },
        { ControlNames.Revoke, new("carol"), "queued", ControlRefusals.ActorUnverified },
        { ControlNames.Revoke, new("unverified:carol"), "blocked", ControlRefusals.NotInThisState },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void ControlRules_AskedWhereTheRunStands_AllowOrSayWhyNot(string control, ControlRequest request, string where, string? code)
    {
        ControlPlace place = where == "queued" ? Queued : Blocked with { CanSkip = where == "blocked" };

        Assert.Equal(code, ControlRules.Refuse(control, request, place, "unverified:alice", Policy)?.Code);
    }

    [Fact]
    public void ControlRules_AStepThatCannotBeLeftOut_IsNotOffered()
    {
        Assert.Contains(ControlNames.SkipStep, ControlRules.At(Blocked));
        Assert.DoesNotContain(ControlNames.SkipStep, ControlRules.At(Blocked with { CanSkip = false }));
    }

    /// <summary>Where a control would be taken and do nothing, and what is possible there.</summary>
    [Theory]
    [InlineData(ControlNames.Resume, "votes", "abort, pause")]
    [InlineData(ControlNames.RetryStep, "votes", "abort, pause")]
    [InlineData(ControlNames.AcceptAsIs, "votes", "abort, pause")]
    [InlineData(ControlNames.SkipStep, "votes", "abort, pause")]
    [InlineData(ControlNames.Withdraw, "queued again", "abort, pause")]
    [InlineData(ControlNames.Revoke, "queued again", "abort, pause")]
    [InlineData(ControlNames.Revoke, "replanning again", "abort, pause")]
    [InlineData(ControlNames.Pause, "ends", "abort")]
    [InlineData(ControlNames.Resume, "ends blocked", "abort")]
    public void ControlRules_AControlThatWouldDoNothing_IsRefusedWithWhatIsPossible(string control, string where, string possible)
    {
        ControlPlace place = where switch
        {
            "votes" => Blocked with { AwaitsVotes = true, Began = true },
            "queued again" => Queued with { Began = true },
            "replanning again" => Queued with { Began = true, State = ChangeState.Replanning },
            "ends" => Blocked with { State = ChangeState.Running, Ends = true },
            _ => Blocked with { Ends = true },
        };

        Refusal refusal = ControlRules.Refuse(
            control, new ControlRequest("unverified:bob", Why) { Step = "three" }, place, "unverified:alice", Policy)!;

        Assert.Equal(ControlRefusals.NotInThisState, refusal.Code);
        Assert.StartsWith($"'{control}' is not possible in state {place.State} ", refusal.Sentence, StringComparison.Ordinal);
        Assert.Contains($"; possible now: {possible}.", refusal.Sentence, StringComparison.Ordinal);
        Assert.Null(ControlRules.Refuse(ControlNames.Abort, new ControlRequest("unverified:bob"), place, "unverified:alice", Policy));
    }

    [Theory]
    [InlineData(ChangeState.AwaitingApproval, "withdraw, pause", "withdraw, pause, resume")]
    [InlineData(ChangeState.Scheduled, "withdraw, revoke, pause", "withdraw, revoke, pause, resume")]
    [InlineData(ChangeState.Queued, "withdraw, revoke, pause", "withdraw, revoke, pause, resume")]
    [InlineData(ChangeState.Replanning, "revoke, pause", "revoke, pause, resume")]
    [InlineData(ChangeState.Running, "pause, abort", "pause, abort, resume")]
    [InlineData(ChangeState.Parked, "abort, pause", "abort, pause, resume")]
    [InlineData(ChangeState.Paused, "resume, abort", null)]
    [InlineData(ChangeState.Validating, "abort", null)]
    [InlineData(ChangeState.Undoing, "", null)]
    [InlineData(ChangeState.Looking, "", null)]
    public void ControlRules_APauseCanBeAskedForBeforeTheFirstStepAndTakenBack(ChangeState state, string before, string? after)
    {
        ControlPlace place = new(state, null, CanSkip: false, []);

        Assert.Equal(before, string.Join(", ", ControlRules.At(place)));
        if (after is not null)
        {
            Assert.Equal(after, string.Join(", ", ControlRules.At(place with { WillPause = true })));
        }
    }

    [Fact]
    public void ControlRules_ARunWhoseWorldDoesNotAnswer_TakesAnAbortAlone()
    {
        ControlPlace away = Blocked with { Takes = [ControlNames.Abort] };

        Assert.Equal([ControlNames.Abort], ControlRules.At(away));
        Assert.Null(ControlRules.Refuse(ControlNames.Abort, new("unverified:alice"), away, "unverified:alice", Policy));
        Refusal refused = ControlRules.Refuse(ControlNames.Resume, new("unverified:alice"), away, "unverified:alice", Policy)!;
        Assert.Equal(
            (ControlRefusals.NotInThisState,
                "'resume' is not possible while the run waits for an answer from the cluster; possible now: abort."),
            (refused.Code, refused.Sentence));
    }
}
