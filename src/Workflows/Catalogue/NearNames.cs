namespace Orchestrator.Workflows.Catalogue;

/// <summary>Finds the names that somebody may have meant with another.</summary>
public static class NearNames
{
    private const int MostMeant = 3;

    /// <summary>The names, nearest first by edit distance, then by name.</summary>
    public static IReadOnlyList<string> Of(string wanted, IEnumerable<string> names) =>
        [.. names.OrderBy(name => Distance(wanted, name)).ThenBy(name => name, StringComparer.Ordinal)];

    /// <summary>
    /// The names that may well have been meant, nearest first, at most three: few letters away, or one is part of the other. Empty where
    /// none comes near.
    /// </summary>
    public static IReadOnlyList<string> Meant(string wanted, IEnumerable<string> names) =>
    [
        .. Of(wanted, names)
            .Where(name => Distance(wanted, name) <= Math.Max(2, wanted.Length / 3) || IsPart(name, wanted) || IsPart(wanted, name))
            .Take(MostMeant),
    ];

    private static bool IsPart(string whole, string part) => part.Length > 2 && whole.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
