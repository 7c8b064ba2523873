using System.Text;
using Orchestrator.Workflows.Text;

namespace Orchestrator.Workflows.Assessments;

/// <summary>A report as markdown, for the evidence, for the Temporal UI and for a ticket. Pure.</summary>
public static class ReportText
{
    /// <summary>The report.</summary>
    public static string Markdown(AssessmentReport report)
    {
        StringBuilder text = new();
        text.AppendLine($"## {report.Verdict}: {report.Procedure} on {report.Target}, {report.At:u}");
        text.AppendLine();
        text.AppendLine(PlainText.Markdown(report.Sentence));
        text.AppendLine();
        text.AppendLine("| section | verdict | read |");
        text.AppendLine("|---|---|---|");
        foreach (ReportSection section in report.Sections)
        {
            text.AppendLine($"| {section.Name} | {section.Verdict} | {PlainText.Markdown(section.Sentence)} |");
        }

        List(text, "Findings", report.Findings);
        foreach ((FindingSeverity severity, int count) in report.NotListed.OrderByDescending(row => row.Key))
        {
            text.AppendLine($"- and {count} more of severity {severity}");
        }

        if (report.Difference is { } difference)
        {
            List(text, $"New since {difference.Since:u}, when it was {difference.VerdictBefore}", difference.New);
            List(text, "Gone since then", difference.Gone);
        }

        foreach (string remark in report.Remarks)
        {
            text.AppendLine();
            text.AppendLine(PlainText.Markdown(remark));
        }

        return text.ToString();
    }

    private static void List(StringBuilder text, string heading, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        text.AppendLine();
        text.AppendLine($"### {heading}");
        text.AppendLine();
        foreach (Finding finding in findings)
        {
            string remedy = finding.HowToResolve is { } what ? $" {PlainText.Markdown(what)}" : "";
            text.AppendLine($"- **{finding.Severity}** `{finding.Code}` {PlainText.Markdown(finding.Sentence)}{remedy}");
        }
    }
}
