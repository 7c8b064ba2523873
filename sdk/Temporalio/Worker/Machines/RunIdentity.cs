using Temporalio.Common;

namespace Temporalio.Worker.Machines;

/// <summary>What the engine knows of a run before it reads its history.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="TaskQueue">The worker's task queue.</param>
/// <param name="WorkflowId">The workflow's id.</param>
/// <param name="RunId">The run.</param>
/// <param name="WorkflowType">The workflow's type.</param>
/// <param name="DeploymentVersion">The worker's deployment version; null for none.</param>
/// <param name="CanWriteFlags">Whether the server keeps the flags of SDKs.</param>
internal sealed record RunIdentity(
    string Namespace,
    string TaskQueue,
    string WorkflowId,
    string RunId,
    string WorkflowType,
    WorkerDeploymentVersion? DeploymentVersion,
    bool CanWriteFlags);
