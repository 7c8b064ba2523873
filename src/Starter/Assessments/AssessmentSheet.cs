using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.Assessments;
using Spectre.Console;

namespace Orchestrator.Starter.Assessments;

/// <summary>A report of an assessment as a page: the verdict, the sections, and the findings, worst first.</summary>
internal static class AssessmentSheet
{
    public static Sheet Of(AssessmentReport report)
    {
        Sheet sheet = new Sheet()
            .Heading($"{report.Verdict}: {report.Procedure} on {report.Target}")
            .Line(new Cell(report.Sentence, Colour(report.Verdict)));
        sheet.Table(
            "Sections",
            ["section", "verdict", "read"],
            report.Sections.Select(section => new Cell[]
            {
                section.Name, new($"{section.Verdict}", Colour(section.Verdict)), section.Sentence,
            }));
        sheet.Table("Findings", ["severity", "code", "finding"], report.Findings.Select(Row));
        foreach ((FindingSeverity severity, int count) in report.NotListed.OrderByDescending(row => row.Key))
        {
            sheet.Line($"and {count} more of severity {severity}");
        }

        if (report.Difference is { } difference)
        {
            sheet.Table($"New since {difference.Since:u}, when it was {difference.VerdictBefore}", ["severity", "code", "finding"],
                difference.New.Select(Row));
            sheet.Table("Gone since then", ["severity", "code", "finding"], difference.Gone.Select(Row));
        }

        foreach (string remark in report.Remarks)
        {
            sheet.Line(remark);
        }

        return sheet;
    }

    private static Cell[] Row(Finding finding) =>
    [
        new($"{finding.Severity}", Colour(finding.Severity)),
        finding.Code,
        finding.HowToResolve is { } what ? $"{finding.Sentence} {what}" : finding.Sentence,
    ];

    private static Color? Colour(Verdict verdict) => verdict switch
    {
        Verdict.Critical => Color.Red,
        Verdict.Degraded => Color.Yellow,
        Verdict.Healthy => Color.Green,
        _ => null,
    };

    private static Color? Colour(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => Color.Red,
        FindingSeverity.Warning => Color.Yellow,
        _ => null,
    };
}
