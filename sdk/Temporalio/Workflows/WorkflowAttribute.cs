using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>
/// Marks a class or interface as a workflow. On an interface it gives the workflow its name for callers.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>Marks a workflow that is named after its type: for an interface without the leading "I".</summary>
    public WorkflowAttribute()
    {
    }

    /// <summary>Marks a workflow with a name of its own.</summary>
    /// <param name="name">The workflow type as it stands in histories.</param>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>The name that was given; null for one taken from the type.</summary>
    public string? Name { get; }

    /// <summary>
    /// Whether the workflow serves every type that the worker has no other workflow for. Its run method has exactly one parameter, an
    /// array of raw values, and the attribute no name. Default: false.
    /// </summary>
    public bool Dynamic { get; set; }

    /// <summary>
    /// Types of exceptions that fail the workflow, or the update whose handler threw them, rather than the workflow task. Failure
    /// exceptions always do. With <see cref="Exception"/> in the list every exception does. Default: none.
    /// </summary>
    public Type[]? FailureExceptionTypes { get; set; }

    /// <summary>How runs move between versions of the worker's deployment. Default: the worker's own default.</summary>
    public VersioningBehavior VersioningBehavior { get; set; } = VersioningBehavior.Unspecified;
}
