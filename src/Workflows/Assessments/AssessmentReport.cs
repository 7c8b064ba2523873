using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Assessments;

/// <summary>What an assessment came to: the result of its workflow.</summary>
/// <param name="ReportId">Its name, which is that of the run in audit and evidence.</param>
/// <param name="Procedure">The procedure's name, such as <c>check-cluster-health</c>.</param>
/// <param name="Target">What was assessed.</param>
/// <param name="At">When it began.</param>
/// <param name="Verdict">The worst of its sections.</param>
/// <param name="Sentence">The verdict and what leads to it, in one sentence.</param>
/// <param name="Sections">Every section, in the procedure's order: none is missing, also where it could not be read.</param>
/// <param name="Findings">The findings, worst first, at most as many as were asked for.</param>
/// <param name="NotListed">How many findings of each severity there are beside those.</param>
/// <param name="Difference">What is different from the last report of the same procedure on the same target; null for the first.</param>
public sealed record AssessmentReport(
    string ReportId,
    string Procedure,
    ChangeTarget Target,
    DateTimeOffset At,
    Verdict Verdict,
    string Sentence,
    IReadOnlyList<ReportSection> Sections,
    IReadOnlyList<Finding> Findings,
    IReadOnlyDictionary<FindingSeverity, int> NotListed,
    ReportDifference? Difference)
{
    /// <summary>Why nothing was assessed; empty where it was.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>
    /// What the cluster is, whatever a kubeconfig calls it: the UID of its namespace <c>kube-system</c>. Null where it did not answer.
    /// </summary>
    public string? ClusterUid { get; init; }

    /// <summary>Numbers for the next report to compare with, by section and name.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>What could not be kept or compared, in one sentence each; the verdict does not rest on it.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>A section of a report.</summary>
/// <param name="Name">Its name, such as <c>nodes</c>.</param>
/// <param name="Verdict">What it comes to.</param>
/// <param name="Sentence">What was read, or why it could not be.</param>
/// <param name="Counts">How many findings it has of each severity, listed or not.</param>
public sealed record ReportSection(string Name, Verdict Verdict, string Sentence, IReadOnlyDictionary<FindingSeverity, int> Counts);

/// <summary>What changed between two reports.</summary>
/// <param name="Since">When the earlier one was made.</param>
/// <param name="VerdictBefore">What that came to.</param>
/// <param name="New">Findings that were not there, or were less severe.</param>
/// <param name="Gone">Findings that are not there any more.</param>
public sealed record ReportDifference(
    DateTimeOffset Since, Verdict VerdictBefore, IReadOnlyList<Finding> New, IReadOnlyList<Finding> Gone);
