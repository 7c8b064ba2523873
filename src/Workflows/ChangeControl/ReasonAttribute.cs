namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// What a code means and what to do about it, beside the code: <c>docs/errors.md</c> and <c>sop explain</c> are made of it. Both are in
/// markdown, and each is one or more whole sentences.
/// </summary>
/// <param name="meaning">What it means.</param>
/// <param name="remedy">What to do.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ReasonAttribute(string meaning, string remedy) : Attribute
{
    /// <summary>What it means.</summary>
    public string Meaning => meaning;

    /// <summary>What to do.</summary>
    public string Remedy => remedy;

    /// <summary>Whether a change that has begun can end with it, and none is refused with it. Default: false.</summary>
    public bool IsFailure { get; init; }
}
