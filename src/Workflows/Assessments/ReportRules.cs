namespace Orchestrator.Workflows.Assessments;

/// <summary>How findings become a verdict, and two reports a difference. Pure.</summary>
internal static class ReportRules
{
    // What a difference lists of each kind; the report and the one before it have the rest.
    private const int MostDifferent = 20;

    /// <summary>Worst first, then by code and object, so that two runs over the same world list the same.</summary>
    public static List<Finding> WorstFirst(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Object, StringComparer.Ordinal),
    ];

    /// <summary>What findings of a severity come to at best.</summary>
    public static Verdict Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => Verdict.Critical,
        FindingSeverity.Warning => Verdict.Degraded,
        FindingSeverity.Unknown => Verdict.Unknown,
        _ => Verdict.Healthy,
    };

    /// <summary>The section that a reading makes.</summary>
    public static ReportSection Section(string name, SectionReading reading)
    {
        Dictionary<FindingSeverity, int> counts = reading.Findings.GroupBy(finding => finding.Severity)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach ((FindingSeverity severity, int more) in reading.NotListed)
        {
            counts[severity] = counts.GetValueOrDefault(severity) + more;
        }

        return new(name, counts.Keys.Select(Of).DefaultIfEmpty(Verdict.Healthy).Max(), reading.Sentence, counts);
    }

    /// <summary>The findings that a report lists, and how many of each severity it does not.</summary>
    public static (IReadOnlyList<Finding> Listed, IReadOnlyDictionary<FindingSeverity, int> NotListed) List(
        IReadOnlyList<SectionReading> readings, int most)
    {
        List<Finding> all = WorstFirst(readings.SelectMany(reading => reading.Findings));
        Dictionary<FindingSeverity, int> rest = all.Skip(most).GroupBy(finding => finding.Severity)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach ((FindingSeverity severity, int more) in readings.SelectMany(reading => reading.NotListed))
        {
            rest[severity] = rest.GetValueOrDefault(severity) + more;
        }

        return ([.. all.Take(most)], rest);
    }

    /// <summary>What is different. A section that could not be read now has lost nothing: its findings are not gone.</summary>
    /// <param name="before">The earlier report.</param>
    /// <param name="now">The later one.</param>
    public static ReportDifference Compare(AssessmentReport before, AssessmentReport now)
    {
        Dictionary<string, Finding> then = before.Findings.GroupBy(finding => finding.Key)
            .ToDictionary(group => group.Key, group => group.First());
        HashSet<string> here = [.. now.Findings.Select(finding => finding.Key)];
        bool isWhole = now.Sections.All(section => section.Counts.GetValueOrDefault(FindingSeverity.Unknown) == 0)
            && now.NotListed.Count == 0;
        return new(
            before.At,
            before.Verdict,
            [
                .. now.Findings
                    .Where(finding => !then.TryGetValue(finding.Key, out Finding? known) || known.Severity < finding.Severity)
                    .Take(MostDifferent),
            ],
            isWhole ? [.. before.Findings.Where(finding => !here.Contains(finding.Key)).Take(MostDifferent)] : []);
    }

    /// <summary>The verdict in one sentence, with what leads to it.</summary>
    public static string Sentence(Verdict verdict, IReadOnlyList<Finding> findings, IReadOnlyDictionary<FindingSeverity, int> notListed)
    {
        string[] counts =
        [
            .. Enum.GetValues<FindingSeverity>().Where(severity => severity != FindingSeverity.Info).OrderDescending()
                .Select(severity => (
                    severity,
                    count: findings.Count(finding => finding.Severity == severity) + notListed.GetValueOrDefault(severity)))
                .Where(row => row.count > 0)
                .Select(row => $"{row.count} {Text(row.severity)}"),
        ];
        return counts.Length == 0 ? $"{verdict}: nothing that anybody must act on."
            : $"{verdict}: {string.Join(", ", counts)}. {findings[0].Sentence}";
    }

    private static string Text(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "critical",
        FindingSeverity.Warning => "degraded",
        FindingSeverity.Unknown => "unknown",
        _ => "for information",
    };
}
