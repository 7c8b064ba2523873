namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How a step is undone.</summary>
/// <param name="Description">What that does, in words.</param>
/// <param name="RunAsync">
/// Does it, and returns null; or returns why it left things as they are on purpose, as where putting them back would do harm. It runs
/// although the workflow may be cancelled, so its activities are called with <see cref="CancellationToken.None"/>.
/// </param>
public sealed record Undo(string Description, Func<Task<string?>> RunAsync)
{
    /// <summary>
    /// Whether the act sets something going that does not stop by itself, such as an operator that restarts pods. Its undo brings that to a
    /// safe end, also where a failed run leaves everything else as it is.
    /// </summary>
    public bool IsUnderWay { get; init; }
}
