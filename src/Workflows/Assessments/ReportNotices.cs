using Orchestrator.Workflows.ChangeControl.Notifications;

namespace Orchestrator.Workflows.Assessments;

/// <summary>When a report is worth telling: its verdict is another one than the last, or something critical is new. Pure.</summary>
internal static class ReportNotices
{
    /// <summary>The type of the notice that the verdict is another one, or that something critical is new.</summary>
    public const string Changed = "assessment.changed";

    /// <summary>The type of the notice that nothing is wrong any more.</summary>
    public const string Over = "assessment.over";

    private const int MostFindings = 5;

    /// <summary>What is told of a report; null where nothing is.</summary>
    /// <param name="before">The last one that it is compared with; null for the first.</param>
    /// <param name="now">The report.</param>
    public static (string Type, NotificationSeverity Severity, string Title, string Sentence)? Of(
        AssessmentReport? before, AssessmentReport now)
    {
        Verdict verdictBefore = before?.Verdict ?? Verdict.Healthy;
        Finding[] critical =
        [
            .. (now.Difference?.New ?? (before is null ? now.Findings : [])).Where(finding => finding.Severity == FindingSeverity.Critical),
        ];
        if (now.Refusals.Count > 0 || (now.Verdict == verdictBefore && critical.Length == 0))
        {
            return null;
        }

        string title = $"{now.Procedure} on {now.Target}: {now.Verdict}" + (before is null ? "" : $", was {verdictBefore}");
        string findings = string.Concat((critical.Length > 0 ? critical : now.Findings)
            .Where(finding => finding.Severity != FindingSeverity.Info)
            .Take(MostFindings)
            .Select(finding => $"\n- {finding.Code} {finding.Object}: {finding.Sentence}"));
        return (
            now.Verdict == Verdict.Healthy ? Over : Changed,
            now.Verdict switch
            {
                Verdict.Critical => NotificationSeverity.Page,
                Verdict.Healthy => NotificationSeverity.Info,
                _ => NotificationSeverity.Warning,
            },
            title,
            $"{now.Sentence}{findings}");
    }
}
