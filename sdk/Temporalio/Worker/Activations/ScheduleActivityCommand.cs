using Temporalio.Api.Command.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Activations;

/// <summary>Calls an activity.</summary>
/// <param name="Sequence">The activity's number.</param>
/// <param name="CancellationType">What cancelling it means.</param>
/// <param name="Command">The command.</param>
internal sealed record ScheduleActivityCommand(uint Sequence, ActivityCancellationType CancellationType, Command Command)
    : ServerCommand(Command);
