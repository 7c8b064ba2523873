using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Assessments;

/// <summary>Keeps the reports of assessments, for the next one to compare with.</summary>
public interface IReportActivities
{
    /// <summary>The newest report of a procedure on a cluster; its report is null where there is none.</summary>
    [Activity("ReadLastReport")]
    [Reads]
    Task<LastReport> ReadLastReportAsync(ReportSubject subject);

    /// <summary>Keeps a report. One of the same run that is there already stays as it is.</summary>
    [Activity("KeepReport")]
    Task KeepReportAsync(KeepReportInput input);
}

/// <summary>What reports are compared by.</summary>
/// <param name="Procedure">The procedure's name.</param>
/// <param name="Cluster">Its name in the inventory, which is known also while the cluster does not answer.</param>
/// <param name="InputsDigest">The digest of the procedure's own fields: reports of other fields are not comparable.</param>
public sealed record ReportSubject(string Procedure, string Cluster, string InputsDigest);

/// <summary>The answer of <see cref="IReportActivities.ReadLastReportAsync"/>.</summary>
/// <param name="Report">The report; null where there is none.</param>
public sealed record LastReport(AssessmentReport? Report);

/// <summary>A report that is to be kept.</summary>
/// <param name="Subject">What it is compared by.</param>
/// <param name="Report">The report, whose id must be that of the run that asks.</param>
public sealed record KeepReportInput(ReportSubject Subject, AssessmentReport Report) : IFrameAct
{
    /// <inheritdoc/>
    public string? Refuse(CallingRun run) =>
        !run.IsProcedure ? $"{run.WorkflowType} is not a procedure."
        : Report?.ReportId != ChangeId.Of(run.WorkflowId) ? $"Only {Report?.ReportId}'s own run may keep its report."
        : null;
}
