using Orchestrator.Sandbox.Temporal.Deployments;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>Which build of the worker a run is bound to: pinned to one for its life, or moved along with the deployment.</summary>
internal sealed class RunVersioning(WorkflowRun run)
{
    /// <summary>What its worker said of it last; unspecified before the first workflow task, and of workers without a version.</summary>
    public VersioningBehavior Behavior { get; private set; } = run.Spec.PinnedTo is null
        ? VersioningBehavior.Unspecified : VersioningBehavior.Pinned;

    /// <summary>The build that completed its last workflow task, or that it took over from parent or predecessor; null for none.</summary>
    public WorkerBuild? Build { get; private set; } = run.Spec.PinnedTo;

    /// <summary>The deployment of that build; empty for none.</summary>
    public string Deployment => Build?.Deployment ?? "";

    /// <summary>What somebody set over that; null for none.</summary>
    public VersioningOverride? Override { get; set; } = run.Spec.Override;

    /// <summary>The build that an override pins it to; null where none does.</summary>
    public WorkerBuild? Pin => Override switch
    {
        { Pinned: { } pinned } => WorkerBuild.Of(pinned.Version),
        { PinnedVersion.Length: > 0 } legacy => WorkerBuild.Parse(legacy.PinnedVersion),
        _ => null,
    };

    /// <summary>What holds: the override, else what its worker said.</summary>
    public VersioningBehavior Effective => Pin is not null ? VersioningBehavior.Pinned
        : Override is { HasAutoUpgrade: true } or { Behavior: VersioningBehavior.AutoUpgrade } ? VersioningBehavior.AutoUpgrade
        : Behavior;

    /// <summary>The build that a run which follows or is begun by it is pinned to; null for none.</summary>
    public WorkerBuild? Inherited => Effective == VersioningBehavior.Pinned ? Build : null;

    /// <summary>The build that its tasks in a queue go to; null for the workers without a version.</summary>
    public WorkerBuild? Target(string queue, TaskQueueType type)
    {
        WorkerBuild? pinned = Pin ?? (Effective == VersioningBehavior.Pinned ? Build : null);

        // An activity in a queue that no worker of the build polls is another program's.
        return pinned is not null && (type == TaskQueueType.Workflow || run.Space.Deployments.Polls(pinned, queue, type)) ? pinned
            : run.Space.Deployments.Route(queue, type, run.WorkflowId);
    }

    /// <summary>Takes note of what a worker says with a completed workflow task.</summary>
    public void Completed(RespondWorkflowTaskCompletedRequest request)
    {
        bool isVersioned = request.DeploymentOptions is { WorkerVersioningMode: WorkerVersioningMode.Versioned, BuildId.Length: > 0 };
        Build = isVersioned ? new(request.DeploymentOptions!.DeploymentName, request.DeploymentOptions.BuildId) : null;
        Behavior = isVersioned ? request.VersioningBehavior : VersioningBehavior.Unspecified;
    }

    /// <summary>As describe shows it; null where no version plays a part.</summary>
    public WorkflowExecutionVersioningInfo? Info() => Build is null && Override is null ? null : new()
    {
        Behavior = Behavior,
        DeploymentVersion = Build?.Message,
        Version = Build?.DottedText ?? "",
        VersioningOverride = Override,
    };
}
