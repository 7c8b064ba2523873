namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>How many people of a role must say yes.</summary>
/// <param name="Role">The role, such as <c>peer</c>.</param>
/// <param name="Count">How many; one person fills one place.</param>
public sealed record ApprovalRequirement(string Role, int Count)
{
    /// <summary><c>2 × cab, 1 × peer</c>.</summary>
    public static string Text(IEnumerable<ApprovalRequirement> places) =>
        string.Join(", ", places.Select(place => $"{place.Count} × {place.Role}"));
}
