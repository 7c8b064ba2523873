using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Temporalio.Client;

namespace Orchestrator.Starter.PersonTasks;

/// <summary>A task that waits for an answer.</summary>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="Status">What is asked, and until when.</param>
internal sealed record OpenTask(string WorkflowId, PersonTaskStatus Status);

/// <summary>The tasks that wait for an answer.</summary>
internal static class OpenTasks
{
    /// <summary>Reads them, newest first.</summary>
    /// <exception cref="Exits.SopException">The server or its workers are out of reach.</exception>
    public static async Task<IReadOnlyList<OpenTask>> ReadAsync(TemporalServer server, CancellationToken cancellationToken)
    {
        List<OpenTask> open = [];
        await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(
            server, $"ExecutionStatus = 'Running' AND {ChangeNames.TaskRoleAttribute} IS NOT NULL", cancellationToken))
        {
            PersonTaskStatus status = await StatusQuery.AskAsync<PersonTaskStatus>(server, workflow.Id, cancellationToken);
            if (status.State == PersonTaskState.Waiting)
            {
                open.Add(new(workflow.Id, status));
            }
        }

        return open;
    }
}
