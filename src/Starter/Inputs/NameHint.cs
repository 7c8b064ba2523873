namespace Orchestrator.Starter.Inputs;

/// <summary>The end of a sentence about a name that is not known: those that come near, or all.</summary>
internal static class NameHint
{
    public static string Of(IReadOnlyList<string> near, IReadOnlyList<string> all, string these) => near.Count > 0
        ? $"; did you mean {string.Join(" or ", near)}?"
        : $"; {these} {string.Join(", ", all)}.";
}
