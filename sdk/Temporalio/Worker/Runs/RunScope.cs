using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.Machines;

namespace Temporalio.Worker.Runs;

/// <summary>What all runs of a worker or replayer share.</summary>
internal sealed record RunScope
{
    public required string Namespace { get; init; }

    public required string TaskQueue { get; init; }

    public required WorkflowRegistry Workflows { get; init; }

    public required WorkflowThreads Threads { get; init; }

    public required DataConverter DataConverter { get; init; }

    public required ILoggerFactory LoggerFactory { get; init; }

    public IReadOnlyCollection<Type>? FailureExceptionTypes { get; init; }

    public WorkflowStackTrace StackTrace { get; init; }

    public bool TracingEventsEnabled { get; init; }

    public bool DisableEagerActivityExecution { get; init; }

    public WorkerDeploymentVersion? DeploymentVersion { get; init; }

    /// <summary>Whether the server keeps the flags of SDKs.</summary>
    public bool CanWriteFlags { get; init; } = true;

    /// <summary>What the engine knows of a run before it reads its history.</summary>
    public RunIdentity Identify(string workflowId, string runId, string workflowType) =>
        new(Namespace, TaskQueue, workflowId, runId, workflowType, DeploymentVersion, CanWriteFlags);
}
