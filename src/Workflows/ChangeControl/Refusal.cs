namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Why a check does not say yes: a stable code, and a sentence with the object and the numbers.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Severity">Whether it blocks.</param>
/// <param name="Sentence">One sentence for people: the object, what was seen, what is allowed.</param>
/// <param name="Object">The object, such as <c>topic orders</c>.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="Limit">What would have been allowed.</param>
/// <param name="HowToResolve">What to do about it.</param>
public sealed record Refusal(
    string Code,
    RefusalSeverity Severity,
    string Sentence,
    string? Object = null,
    string? Observed = null,
    string? Limit = null,
    string? HowToResolve = null)
{
    /// <summary>True unless it only warns.</summary>
    public bool Blocks => Severity != RefusalSeverity.Warn;

    /// <summary>An answer that says no.</summary>
    public static Refusal Block(string code, string sentence, string? @object = null, string? observed = null, string? limit = null,
        string? howToResolve = null) =>
        new(code, RefusalSeverity.Block, sentence, @object, observed, limit, howToResolve);

    /// <summary>An answer that could not be had.</summary>
    public static Refusal Unknown(string code, string sentence, string? @object = null, string? howToResolve = null) =>
        new(code, RefusalSeverity.Unknown, sentence, @object, HowToResolve: howToResolve);

    /// <summary>An answer that approvers should see.</summary>
    public static Refusal Warn(string code, string sentence, string? @object = null) =>
        new(code, RefusalSeverity.Warn, sentence, @object);
}
