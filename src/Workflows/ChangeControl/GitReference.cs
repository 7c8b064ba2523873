namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Where a change comes from in Git.</summary>
/// <param name="Repo">The repository.</param>
/// <param name="Sha">The commit.</param>
/// <param name="PullRequest">The pull request, if there is one.</param>
public sealed record GitReference(string Repo, string Sha, string? PullRequest = null);
