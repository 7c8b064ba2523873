namespace Temporalio.Workflows;

/// <summary>
/// Marks a public method without parameters of a dynamic workflow that returns <see cref="WorkflowDefinitionOptions"/>. It is called
/// once per run, after the constructor and before the run method.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowDynamicOptionsAttribute : Attribute;
