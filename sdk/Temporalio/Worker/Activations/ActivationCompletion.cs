using Temporalio.Api.Failure.V1;
using Temporalio.Common;

namespace Temporalio.Worker.Activations;

/// <summary>What comes out of a workflow after an activation: commands, or the failure of its code.</summary>
internal sealed class ActivationCompletion
{
    /// <summary>What the code did, in order.</summary>
    public List<WorkflowCommand> Commands { get; } = [];

    /// <summary>Why the task failed; null if it did not.</summary>
    public Exception? TaskException { get; set; }

    /// <summary>The failure to report for <see cref="TaskException"/>.</summary>
    public Failure? TaskFailure { get; set; }

    /// <summary>How the run moves between versions of the worker's deployment.</summary>
    public VersioningBehavior VersioningBehavior { get; set; }
}
