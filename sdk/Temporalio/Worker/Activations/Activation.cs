using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Worker.Activations;

/// <summary>
/// What goes into a workflow at once: the jobs, and the state of the world that workflow code may ask for. Live work, replay and
/// queries all come this way.
/// </summary>
internal sealed class Activation
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The workflow's time, in UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Whether what is done now was done before, or whether these are queries alone.</summary>
    public required bool IsReplaying { get; init; }

    /// <summary>The number of events so far.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>The bytes of the history so far.</summary>
    public required int HistorySize { get; init; }

    /// <summary>Whether the server suggests to continue as new.</summary>
    public required bool ContinueAsNewSuggested { get; init; }

    /// <summary>Why it does.</summary>
    public required IReadOnlyCollection<SuggestContinueAsNewReason> SuggestContinueAsNewReasons { get; init; }

    /// <summary>Whether the deployment version that the run should be on is another one now.</summary>
    public required bool TargetWorkerDeploymentVersionChanged { get; init; }

    /// <summary>The version of the worker that runs, or ran, this task; null if unknown.</summary>
    public required WorkerDeploymentVersion? DeploymentVersion { get; init; }

    /// <summary>What happened, in the order of <see cref="JobRank"/>; at least one, until they are applied.</summary>
    public required IReadOnlyList<ActivationJob> Jobs { get; set; }

    /// <summary>Whether these are queries, which may change nothing.</summary>
    public required bool IsQuery { get; init; }
}
