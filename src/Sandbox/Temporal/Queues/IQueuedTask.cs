using Orchestrator.Sandbox.Temporal.Deployments;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Queues;

/// <summary>What waits in a task queue.</summary>
internal interface IQueuedTask
{
    /// <summary>Whether it still is to be worked on.</summary>
    bool IsValid { get; }

    /// <summary>The build whose workers it is for; null for those without a version. It may change while the task waits.</summary>
    WorkerBuild? Target { get; }

    /// <summary>Whether it is for the worker that polls this queue, whatever its build: a sticky one.</summary>
    bool IsForAny { get; }

    /// <summary>Starts it: from here on it is the poller's.</summary>
    void TakenBy(Poller poller);
}

/// <summary>A poll that waits or is answered.</summary>
/// <param name="Identity">Of the worker.</param>
/// <param name="Connection">Id of the connection over which it came: with its end the worker is gone.</param>
/// <param name="Version">What it says of its version; null where it says nothing.</param>
/// <param name="Deployment">The deployment that it is part of; null for none.</param>
internal sealed record Poller(
    string Identity, string Connection, WorkerVersionCapabilities? Version = null, WorkerDeploymentOptions? Deployment = null)
{
    /// <summary>The build that it is of; null where it has no version.</summary>
    public WorkerBuild? Build => Deployment is { WorkerVersioningMode: WorkerVersioningMode.Versioned, BuildId.Length: > 0 } versioned
        ? new(versioned.DeploymentName, versioned.BuildId) : null;

    /// <summary>Its version as events carry it; null where it has none.</summary>
    public WorkerVersionStamp? Stamp() => Version is { BuildId.Length: > 0 } version
        ? new() { BuildId = version.BuildId, UseVersioning = version.UseVersioning } : null;
}
