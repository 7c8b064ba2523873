namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>How many people of a role must say yes.</summary>
/// <param name="Role">The role, such as <c>peer</c>.</param>
/// <param name="Count">How many; one person fills one place.</param>
public sealed record ApprovalRequirement(string Role, int Count);
