using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Starter.Exits;

/// <summary>Which exit code a change's end has.</summary>
internal static class ChangeExit
{
    private static readonly Dictionary<ChangeState, int> ByState = new()
    {
        [ChangeState.Planned] = ExitCode.Done,
        [ChangeState.Succeeded] = ExitCode.Done,
        [ChangeState.Undone] = ExitCode.Failed,
        [ChangeState.UndoIncomplete] = ExitCode.Failed,
        [ChangeState.LeftAsIs] = ExitCode.Failed,
        [ChangeState.Fenced] = ExitCode.Failed,
        [ChangeState.Rejected] = ExitCode.Rejected,
        [ChangeState.Expired] = ExitCode.Rejected,
        [ChangeState.Withdrawn] = ExitCode.Rejected,
    };

    private static readonly Dictionary<string, int> ByReason = new(StringComparer.Ordinal)
    {
        [ReasonCodes.InputInvalid] = ExitCode.Usage,
        [ReasonCodes.TargetUnknown] = ExitCode.Usage,
        [ReasonCodes.TargetNotFound] = ExitCode.Usage,
        [ReasonCodes.TargetUnreachable] = ExitCode.OutOfReach,
        [KafkaCodes.KafkaUnreachable] = ExitCode.OutOfReach,
    };

    /// <summary>Whether a change in this state has ended.</summary>
    public static bool IsFinal(ChangeState state) => state == ChangeState.Refused || ByState.ContainsKey(state);

    /// <summary>The exit code of a change that has ended; <see cref="ExitCode.Done"/> while it runs.</summary>
    public static int Of(ChangeStatus status) =>
        status.State == ChangeState.Refused ? OfRefusal(status) : ByState.GetValueOrDefault(status.State, ExitCode.Done);

    // A refusal of one kind has that kind's code; a mixed one is a refusal like any other.
    private static int OfRefusal(ChangeStatus status)
    {
        List<int> codes =
        [
            .. status.Refusals.Where(refusal => refusal.Blocks).Select(refusal => refusal.Code)
                .Concat(status.Failure is { } failure ? [failure.Code] : [])
                .Select(code => ByReason.GetValueOrDefault(code, ExitCode.Blocked))
                .Distinct(),
        ];
        return codes is [int only] ? only : ExitCode.Blocked;
    }
}
