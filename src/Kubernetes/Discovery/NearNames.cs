namespace Orchestrator.Kubernetes;

/// <summary>Finds what somebody may have meant by a name that does not exist.</summary>
internal static class NearNames
{
    private const int Most = 3;

    /// <summary>": did you mean a, b?", or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> existing)
    {
        string[] near = [.. existing
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= 1 + (name.Length / 4))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .Distinct()
            .Take(Most)];
        return near.Length == 0 ? "" : $"; near it are {string.Join(", ", near)}";
    }

    // How many letters one must add, remove or change.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
