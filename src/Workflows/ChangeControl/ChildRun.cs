namespace Orchestrator.Workflows.ChangeControl;

/// <summary>A workflow that does part of a change's work.</summary>
/// <param name="WorkflowId">Its id.</param>
/// <param name="WorkflowType">Its type.</param>
public sealed record ChildRun(string WorkflowId, string WorkflowType);
