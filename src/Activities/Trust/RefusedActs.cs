using System.Globalization;
using Microsoft.Extensions.Logging;
using Orchestrator.Activities.Evidence;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Trust;

/// <summary>Logs the acts that were refused, and keeps them: a chain of its own for each worker that ran.</summary>
internal sealed partial class RefusedActs(AuditJournal journal, TimeProvider timeProvider, ILogger<RefusedActs> logger) : IDisposable
{
    private const string ChainId = "refused-acts";

    private readonly string _runId = Guid.NewGuid().ToString();
    private readonly SemaphoreSlim _one = new(1);
    private AuditEvent? _last;

    /// <summary>Who called, in words.</summary>
    public static string Caller(ActivityInfo call) => call.IsWorkflowActivity
        ? $"the run {call.WorkflowId} of type {call.WorkflowType}"
        : $"the activity {call.ActivityId}, which no workflow started";

    /// <summary>Logs and keeps a refusal. One that cannot be kept is refused all the same.</summary>
    public async Task KeepAsync(ActivityInfo call, string sentence, ChangeTarget? target, CancellationToken cancellationToken)
    {
        LogRefused(logger, call.ActivityType, call.WorkflowId, call.WorkflowRunId, sentence);
        await _one.WaitAsync(cancellationToken);
        try
        {
            AuditEvent audit = AuditChain.Seal(new AuditEvent(
                1,
                ChainId,
                _last is null ? 0 : _last.Seq + 1,
                timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                AuditTypes.ActRefused,
                "unknown",
                call.WorkflowType ?? "",
                ChangeTier.T3,
                $"{target}",
                null,
                null,
                null,
                null,
                "refused",
                ReasonCodes.ActNotAllowed,
                sentence,
                null,
                null,
                call.WorkflowId ?? call.ActivityId,
                _runId,
                _last?.Hash ?? AuditChain.Genesis));
            await journal.AppendOwnAsync(audit, cancellationToken);
            _last = audit;
        }
        catch (ApplicationFailureException e)
        {
            LogNotKept(logger, e.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused activity {Activity} of workflow {WorkflowId}, run {RunId}: {Sentence}")]
    private static partial void LogRefused(ILogger logger, string activity, string? workflowId, string? runId, string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A refused activity could not be recorded in the audit chain: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);
}
