namespace Temporalio.Workflows;

/// <summary>
/// Marks a public constructor that takes the same parameters as the run method and gets the same arguments. Without it a workflow has
/// a constructor without parameters.
/// </summary>
[AttributeUsage(AttributeTargets.Constructor, Inherited = false)]
public sealed class WorkflowInitAttribute : Attribute;
