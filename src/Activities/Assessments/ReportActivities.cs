using System.Globalization;
using System.Text.Json;
using Orchestrator.Activities.Evidence;
using Orchestrator.Workflows.Assessments;
using Temporalio.Activities;

namespace Orchestrator.Activities.Assessments;

/// <summary>Keeps the reports of assessments in the store that all workers share.</summary>
internal sealed class ReportActivities(WorkerStore store) : IReportActivities
{
    /// <inheritdoc/>
    [Activity("ReadLastReport")]
    public async Task<LastReport> ReadLastReportAsync(ReportSubject subject)
    {
        string? body = await store.UseAsync(
            kept => kept.FindLastReportAsync(subject.Procedure, subject.Cluster, subject.InputsDigest, ActivityCall.Token),
            ActivityCall.Token);
        return new(body is null ? null : JsonSerializer.Deserialize<AssessmentReport>(body));
    }

    /// <inheritdoc/>
    [Activity("KeepReport")]
    public Task KeepReportAsync(KeepReportInput input) => store.UseAsync(
        async kept =>
        {
            (ReportSubject subject, AssessmentReport report) = input;
            await kept.AddReportAsync(
                new(
                    report.ReportId,
                    ActivityExecutionContext.Current.Info.WorkflowRunId!,
                    subject.Procedure,
                    subject.Cluster,
                    subject.InputsDigest,
                    report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                    JsonSerializer.Serialize(report)),
                ActivityCall.Token);
            return true;
        },
        ActivityCall.Token);
}
