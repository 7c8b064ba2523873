namespace Orchestrator.Workflows.Assessments;

/// <summary>Something that an assessment saw.</summary>
/// <param name="Code">What kind of thing, as a stable code.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Object">The object, such as <c>node worker-3</c> or <c>pod payments/api-0</c>.</param>
/// <param name="Sentence">One sentence for people: the object, what was seen, with names and numbers.</param>
/// <param name="HowToResolve">What to do about it; null where there is nothing to do.</param>
public sealed record Finding(string Code, FindingSeverity Severity, string Object, string Sentence, string? HowToResolve = null)
{
    /// <summary>Two findings of this key, of two reports, are the same thing seen twice, although its numbers may differ.</summary>
    internal string Key => $"{Code} {Object}";
}
