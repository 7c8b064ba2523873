namespace Orchestrator.Workflows.Assessments;

/// <summary>What one section of an assessment saw: the answer of the activity that reads it.</summary>
/// <param name="Sentence">What was read, with numbers, such as <c>12 nodes</c>.</param>
/// <param name="Findings">The findings, worst first; at most as many as were asked for.</param>
/// <param name="NotListed">How many more there are of each severity.</param>
public sealed record SectionReading(
    string Sentence, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<FindingSeverity, int> NotListed)
{
    /// <summary>Numbers that the next report compares with, such as restart counts; at most a few hundred.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>A reading of so many findings at most, worst first; the rest is counted.</summary>
    /// <param name="sentence">What was read, with numbers.</param>
    /// <param name="findings">All that was seen.</param>
    /// <param name="most">How many are listed.</param>
    public static SectionReading Of(string sentence, IEnumerable<Finding> findings, int most)
    {
        List<Finding> all = ReportRules.WorstFirst(findings);
        return new(
            sentence,
            [.. all.Take(most)],
            all.Skip(most).GroupBy(finding => finding.Severity).ToDictionary(group => group.Key, group => group.Count()));
    }
}
