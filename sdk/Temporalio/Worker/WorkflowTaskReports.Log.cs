using Microsoft.Extensions.Logging;

namespace Temporalio.Worker;

/// <content>What is logged.</content>
internal sealed partial class WorkflowTaskReports
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Workflow task of {WorkflowType} failed: workflow {WorkflowId}, run {RunId}, attempt {Attempt}")]
    private partial void LogTaskFailed(Exception exception, string workflowType, string workflowId, string runId, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Workflow task of {WorkflowType} failed: workflow {WorkflowId}, run {RunId}: {Reason}")]
    private partial void LogTooLarge(string workflowType, string workflowId, string runId, string reason);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "The server did not take the answer to a workflow task of {WorkflowType}, a new one comes: workflow {WorkflowId}, run {RunId}: {Reason}")]
    private partial void LogOutdated(string workflowType, string workflowId, string runId, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The server refused the answer to a workflow task of {WorkflowType}: workflow {WorkflowId}, run {RunId}")]
    private partial void LogRefused(Exception exception, string workflowType, string workflowId, string runId);
}
