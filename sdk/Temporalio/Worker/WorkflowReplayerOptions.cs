using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>Which workflows a <see cref="WorkflowReplayer"/> replays, and how. At least one workflow is required.</summary>
public class WorkflowReplayerOptions : ICloneable
{
    private List<WorkflowDefinition> _workflows = [];

    /// <summary>The workflows, of which each history's is looked up by its type.</summary>
    public IList<WorkflowDefinition> Workflows => _workflows;

    /// <summary>The namespace that workflows see. Default: <c>ReplayNamespace</c>.</summary>
    public string Namespace { get; set; } = "ReplayNamespace";

    /// <summary>The task queue that workflows see. Default: <c>ReplayTaskQueue</c>.</summary>
    public string TaskQueue { get; set; } = "ReplayTaskQueue";

    /// <summary>How payloads are read. Default: the default converters, without a codec.</summary>
    public DataConverter DataConverter { get; set; } = DataConverter.Default;

    /// <summary>Where workflows log. What they logged before stays silent. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Whether workflow code may hold its thread for any time. Default: whether a debugger is attached.</summary>
    public bool DebugMode { get; set; } = System.Diagnostics.Debugger.IsAttached;

    /// <summary>Whether code that leaves the workflow's scheduler goes unnoticed. Default: false.</summary>
    public bool DisableWorkflowTracingEventListener { get; set; }

    /// <summary>Exception types that fail any workflow that throws them, as with the worker. Default: none.</summary>
    public IReadOnlyCollection<Type>? WorkflowFailureExceptionTypes { get; set; }

    /// <summary>Adds a class with a <see cref="WorkflowAttribute"/>.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow<T>() => AddWorkflow(typeof(T));

    /// <summary>Adds a class with a <see cref="WorkflowAttribute"/>.</summary>
    /// <param name="type">The class.</param>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow(Type type) => AddWorkflow(WorkflowDefinition.Create(type));

    /// <summary>Adds a workflow.</summary>
    /// <param name="definition">The workflow.</param>
    /// <returns>These options.</returns>
    public WorkflowReplayerOptions AddWorkflow(WorkflowDefinition definition)
    {
        Workflows.Add(definition);
        return this;
    }

    /// <inheritdoc/>
    public virtual object Clone()
    {
        WorkflowReplayerOptions copy = (WorkflowReplayerOptions)MemberwiseClone();
        copy._workflows = [.. _workflows];
        return copy;
    }
}
