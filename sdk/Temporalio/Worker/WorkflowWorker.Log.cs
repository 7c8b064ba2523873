using Microsoft.Extensions.Logging;

namespace Temporalio.Worker;

/// <content>What is logged.</content>
internal sealed partial class WorkflowWorker
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "[TMPRL1104] Workflow task of {WorkflowType} took {Seconds:F1} s: workflow {WorkflowId}, run {RunId}")]
    private partial void LogSlow(string workflowType, string workflowId, string runId, double seconds);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Dropping a query that came for an earlier state of workflow {WorkflowId}, run {RunId}")]
    private partial void LogExpiredQuery(string workflowId, string runId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Cannot read the history of {WorkflowType}, dropping its task: workflow {WorkflowId}, run {RunId}")]
    private partial void LogNoHistory(Exception exception, string workflowType, string workflowId, string runId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The worker failed to work on a task of {WorkflowType}; the server sends it again: workflow {WorkflowId}, run {RunId}")]
    private partial void LogBroken(Exception exception, string workflowType, string workflowId, string runId);
}
