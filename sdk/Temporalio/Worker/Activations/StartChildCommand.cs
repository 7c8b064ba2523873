using Temporalio.Api.Command.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Activations;

/// <summary>Starts a child.</summary>
/// <param name="Sequence">The child's number.</param>
/// <param name="CancellationType">What cancelling it means.</param>
/// <param name="Command">The command.</param>
internal sealed record StartChildCommand(uint Sequence, ChildWorkflowCancellationType CancellationType, Command Command)
    : ServerCommand(Command);
