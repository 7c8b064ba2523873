namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>The run that calls an activity, as Temporal's own record of it says.</summary>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="RunId">The run.</param>
/// <param name="WorkflowType">The type that it was started as.</param>
/// <param name="IsProcedure">Whether that type is one of our procedures.</param>
public sealed record CallingRun(string WorkflowId, string RunId, string WorkflowType, bool IsProcedure);
