using Temporalio.Api.Command.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Sdk.V1;

namespace Temporalio.Worker.Machines;

/// <summary>What the answer to a workflow task holds.</summary>
/// <param name="Commands">The commands, in order.</param>
/// <param name="Messages">The messages of updates.</param>
/// <param name="SdkMetadata">The flags that the run depends on and that the history does not say yet.</param>
internal sealed record TaskAnswer(
    IReadOnlyList<Command> Commands,
    IReadOnlyList<Message> Messages,
    WorkflowTaskCompletedMetadata SdkMetadata);
