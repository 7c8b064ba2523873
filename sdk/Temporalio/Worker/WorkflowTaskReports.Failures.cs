using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Runs;

namespace Temporalio.Worker;

/// <content>Tasks that failed.</content>
internal sealed partial class WorkflowTaskReports
{
    private async Task FailAsync(PolledTask task, RunOutcome outcome)
    {
        if (task.IsQueryAlone)
        {
            await AnswerQueryAsync(task, new(string.Empty, Answer: null, outcome.Failure));
        }
        else if (task.Attempt <= 1)
        {
            await FailAsync(task, outcome.Cause, outcome.Failure!);
        }

        // A later attempt is left to time out, so that the server waits longer from one to the next.
    }

    private async Task FailAsync(PolledTask task, WorkflowTaskFailedCause cause, Failure failure) =>
        await Service.RespondWorkflowTaskFailedAsync(
            new()
            {
                Namespace = scope.Namespace,
                TaskToken = task.Token,
                Identity = scope.Identity,
                Cause = cause,
                Failure = failure,
                DeploymentOptions = scope.DeploymentOptions,
            },
            Patiently);

    private async Task FailTooLargeAsync(PolledTask task, WorkflowTaskFailedCause cause, string type, string message)
    {
        if (task.Attempt <= 1)
        {
            await FailAsync(task, cause, new() { Message = message, ApplicationFailureInfo = new() { Type = type } });
        }
    }

    private async Task TryFailAsync(PolledTask task, RpcException exception)
    {
        try
        {
            await FailTooLargeAsync(
                task,
                WorkflowTaskFailedCause.GrpcMessageTooLarge,
                "GrpcMessageTooLarge",
                $"The answer to the workflow task is larger than the server takes: {exception.Message}");
        }
        catch (RpcException e)
        {
            LogRefused(e, task.WorkflowType, task.WorkflowId, task.RunId);
        }
    }
}
