using System.Text;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>Keeps what proves a change.</summary>
internal sealed class EvidenceActivities(EvidenceFolder folder, AuditJournal journal) : IEvidenceActivities
{
    /// <inheritdoc/>
    [Activity("WriteEvidence")]
    public Task<EvidenceReference> WriteEvidenceAsync(WriteEvidenceInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ActivityCall.BeatingAsync(() => WriteAsync(input));
    }

    private async Task<EvidenceReference> WriteAsync(WriteEvidenceInput input)
    {
        CancellationToken cancellationToken = ActivityCall.Token;
        Dictionary<string, byte[]> files = input.Documents.ToDictionary(
            document => document.Path, document => Encoding.UTF8.GetBytes(document.Text), StringComparer.Ordinal);
        files[EvidencePack.AuditFile] = EvidencePack.AuditLines(input.Events);
        for (int i = 0; i < input.Workflows.Count; i++)
        {
            if (await HistoryAsync(input.Workflows[i], cancellationToken) is { } history)
            {
                files[i == 0 ? "history.json" : $"history-{i}.json"] = history;
            }
        }

        EvidenceReference written = await folder.WriteAsync(input.ChangeId, files, cancellationToken);
        journal.Close(input.Events);
        return written;
    }

    // As far as it goes: the run itself has not ended yet.
    private static async Task<byte[]?> HistoryAsync(string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            WorkflowHandle run = ActivityExecutionContext.Current.TemporalClient.GetWorkflowHandle(workflowId);
            return Encoding.UTF8.GetBytes((await run.FetchHistoryAsync(new() { Rpc = new() { CancellationToken = cancellationToken } })).ToJson());
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            // Never begun, or past its retention.
            return null;
        }
    }
}
