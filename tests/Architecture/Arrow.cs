namespace Orchestrator.Architecture.Tests;

/// <summary>A reference from one project to another; each is its folder in the repository, such as <c>src/Workflows</c>.</summary>
public sealed record Arrow(string From, string To)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From} -> {To}";
}
