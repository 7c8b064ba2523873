using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Tests.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Starter.Tests.Exits;

public sealed class ChangeExitTests
{
    [Theory]
    [InlineData(ChangeState.Planned, 0)]
    [InlineData(ChangeState.Succeeded, 0)]
    [InlineData(ChangeState.Undone, 1)]
    [InlineData(ChangeState.UndoIncomplete, 1)]
    [InlineData(ChangeState.LeftAsIs, 1)]
    [InlineData(ChangeState.Fenced, 1)]
    [InlineData(ChangeState.Rejected, 4)]
    [InlineData(ChangeState.Expired, 4)]
    [InlineData(ChangeState.Withdrawn, 4)]
    public void FinalState_HasItsExitCode(ChangeState state, int expected)
    {
        Assert.True(ChangeExit.IsFinal(state));
        Assert.Equal(expected, ChangeExit.Of(Samples.Looking with { State = state }));
    }

    [Theory]
    [InlineData(new[] { "INPUT_INVALID" }, 2)]
    [InlineData(new[] { "TARGET_UNKNOWN" }, 2)]
    [InlineData(new[] { "TARGET_NOT_FOUND", "INPUT_INVALID" }, 2)]
    [InlineData(new[] { "TARGET_UNREACHABLE" }, 5)]
    [InlineData(new[] { "KAFKA_UNREACHABLE", "TARGET_UNREACHABLE" }, 5)]
    [InlineData(new[] { "POD_NOT_READY" }, 3)]
    [InlineData(new[] { "INPUT_INVALID", "POD_NOT_READY" }, 3)]
    [InlineData(new[] { "TARGET_NOT_FOUND", "KAFKA_UNREACHABLE" }, 3)]
    [InlineData(new string[0], 3)]
    public void Refusal_HasTheExitCodeThatAllItsReasonsShare(string[] codes, int expected) =>
        Assert.Equal(expected, ChangeExit.Of(Samples.Refused([.. codes.Select(code => Refusal.Block(code, "No."))])));

    [Fact]
    public void Refusal_IgnoresWarnings() =>
        Assert.Equal(
            2,
            ChangeExit.Of(Samples.Refused(
                Refusal.Block(ReasonCodes.InputInvalid, "No."), Refusal.Warn(KafkaCodes.RfNotAboveMinIsr, "Hm."))));

    [Fact]
    public void Refusal_ByAFailureToLook_HasTheExitCodeOfTheFailure() =>
        Assert.Equal(
            5,
            ChangeExit.Of(Samples.Refused() with
            {
                Failure = new ChangeFailure("look", KafkaCodes.KafkaUnreachable, "No broker answers."),
            }));

    [Fact]
    public void EveryState_IsFinalOrStillUnderWay() =>
        Assert.Equal(
            [
                ChangeState.Looking, ChangeState.AwaitingApproval, ChangeState.Scheduled, ChangeState.Queued,
                ChangeState.Replanning, ChangeState.Running, ChangeState.Paused, ChangeState.Blocked,
                ChangeState.Parked, ChangeState.Validating, ChangeState.Undoing,
            ],
            Enum.GetValues<ChangeState>().Where(state => !ChangeExit.IsFinal(state)));
}
