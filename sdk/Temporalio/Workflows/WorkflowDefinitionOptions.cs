using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>What a dynamic workflow decides per run, from a method with <see cref="WorkflowDynamicOptionsAttribute"/>.</summary>
public class WorkflowDefinitionOptions : ICloneable
{
    /// <summary>Types of exceptions that fail the workflow rather than the workflow task. Default: those of the attribute.</summary>
    public Type[]? FailureExceptionTypes { get; set; }

    /// <summary>How the run moves between versions of the worker's deployment. Default: that of the attribute.</summary>
    public VersioningBehavior VersioningBehavior { get; set; } = VersioningBehavior.Unspecified;

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
