namespace Orchestrator.Starter.Inputs;

/// <summary>Finds what somebody may have meant.</summary>
internal static class NearNames
{
    private const int MostSuggestions = 3;

    /// <summary>The names near to a mistyped one, nearest first: few edits away, or one is part of the other.</summary>
    public static IReadOnlyList<string> Of(string typed, IEnumerable<string> names) =>
    [
        .. names
            .Select(name => (Name: name, Distance: Distance(typed, name)))
            .Where(near => near.Distance <= Math.Max(2, typed.Length / 3) || IsPart(near.Name, typed) || IsPart(typed, near.Name))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .Take(MostSuggestions)
            .Select(near => near.Name),
    ];

    private static bool IsPart(string whole, string part) => part.Length > 2 && whole.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Levenshtein's distance: the number of letters to insert, remove or replace.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
