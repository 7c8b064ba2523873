using System.Text;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>Keeps what proves a change.</summary>
internal sealed class EvidenceActivities(EvidencePacks packs) : IEvidenceActivities
{
    private const string HistoryFile = "history.json";

    /// <inheritdoc/>
    [Activity("WriteEvidence")]
    public Task<EvidenceReference> WriteEvidenceAsync(WriteEvidenceInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ActivityCall.BeatingAsync(() => WriteAsync(input));
    }

    private async Task<EvidenceReference> WriteAsync(WriteEvidenceInput input)
    {
        ActivityInfo call = ActivityExecutionContext.Current.Info;
        Check(input, call);
        CancellationToken cancellationToken = ActivityCall.Token;
        Dictionary<string, byte[]> files = input.Documents.ToDictionary(
            document => document.Path, document => Encoding.UTF8.GetBytes(document.Written()), StringComparer.Ordinal);
        files[EvidencePack.AuditFile] = EvidencePack.AuditLines(input.Events);
        HashSet<string> histories = new(StringComparer.Ordinal);
        for (int i = 0; i < input.Workflows.Count; i++)
        {
            string file = i == 0 ? HistoryFile : $"history-{i}.json";
            histories.Add(file);
            if (await HistoryAsync(input.Workflows[i], i == 0 ? call.WorkflowRunId : null, cancellationToken) is { } history)
            {
                files[file] = history;
            }
        }

        return await packs.WriteAsync(input.ChangeId, call.WorkflowRunId, files, histories, cancellationToken);
    }

    // A run writes about itself and its children alone, whatever its input says.
    private static void Check(WriteEvidenceInput input, ActivityInfo call)
    {
        string run = call.WorkflowId ?? "";
        List<string> faults = [.. EvidencePath.Check(input.Documents)];
        if (input.ChangeId is null || input.ChangeId != ChangeId.Of(run))
        {
            faults.Add("The change does not belong to the calling run.");
        }

        if (input.Events is null
            || input.Events.Any(audit => audit is null || audit.ChainId != input.ChangeId || audit.RunId != call.WorkflowRunId))
        {
            faults.Add("An audit event does not belong to the calling run.");
        }

        if (input.Workflows is not { Count: > 0 } workflows || workflows[0] != run
            || workflows.Skip(1).Any(child => child is null || !child.StartsWith($"{run}/", StringComparison.Ordinal)))
        {
            faults.Add("A history belongs neither to the calling run nor to one of its children.");
        }

        if (faults.Count > 0)
        {
            throw new ApplicationFailureException(string.Join(" ", faults), errorType: ReasonCodes.InputInvalid, nonRetryable: true);
        }
    }

    // As far as it goes: the run itself has not ended yet.
    private static async Task<byte[]?> HistoryAsync(string workflowId, string? runId, CancellationToken cancellationToken)
    {
        try
        {
            WorkflowHandle run = ActivityExecutionContext.Current.TemporalClient.GetWorkflowHandle(workflowId, runId);
            return Encoding.UTF8.GetBytes(
                (await run.FetchHistoryAsync(new() { Rpc = new() { CancellationToken = cancellationToken } })).ToJson());
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            // Never begun, or past its retention.
            return null;
        }
    }
}
