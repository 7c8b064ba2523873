using Microsoft.Extensions.Logging;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>What a workflow's instance is made of.</summary>
internal sealed record InstanceSetup
{
    /// <summary>The workflow.</summary>
    public required WorkflowDefinition Definition { get; init; }

    /// <summary>The workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The task queue.</summary>
    public required string TaskQueue { get; init; }

    /// <summary>The converter, without a context.</summary>
    public required DataConverter DataConverter { get; init; }

    /// <summary>Where the workflow logs.</summary>
    public required ILoggerFactory LoggerFactory { get; init; }

    /// <summary>Types of exceptions that fail any workflow of the worker.</summary>
    public IReadOnlyCollection<Type>? FailureExceptionTypes { get; init; }

    /// <summary>Whether code that leaves the workflow's scheduler is noticed.</summary>
    public required bool TracingEventsEnabled { get; init; }

    /// <summary>What the query for stack traces shows.</summary>
    public WorkflowStackTrace StackTrace { get; init; }

    /// <summary>Whether no activity may be handed straight back to the worker.</summary>
    public bool DisableEagerActivityExecution { get; init; }
}
