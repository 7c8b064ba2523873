namespace Temporalio.Workflows;

/// <summary>
/// Marks the one public method that is the workflow's body. It returns a task and is declared on the workflow's own type; its name
/// does not matter.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowRunAttribute : Attribute;
