using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>What only a person can do or decide.</content>
public sealed partial class ChangeRun
{
    private int _tasks;

    /// <summary>Asks a person in a step, and waits for the answer. An abort or a cancel ends the wait.</summary>
    /// <param name="task">What is asked.</param>
    /// <returns>The answer; it is in the audit chain and in the evidence as well.</returns>
    /// <exception cref="ApplicationFailureException">Nobody answered in time, or the run is to end.</exception>
    public async Task<TaskAnswer> AskPersonAsync(PersonTask task)
    {
        string id = $"{Workflow.Info.WorkflowId}/task/{++_tasks}";
        AskPersonInput asked = new(
            ChangeId, Target, task, _progress.RequestedBy, _controls.Policy!.Voters, _controls.Policy.AllowUnverifiedActors,
            _controls.Policy.Notifies);
        IRawValue input = Workflow.PayloadConverter.ToRawValue(asked);
        _audit.Add(AuditTypes.TaskAsked, $"{task.Role}: {task.Title}", step: _progress.CurrentStep);
        ChildWorkflowHandle<AskPersonWorkflow, PersonTaskStatus> child = await Workflow.StartChildWorkflowAsync(
            (AskPersonWorkflow w) => w.RunAsync(input),
            new() { Id = id, StaticSummary = $"{task.Role}: {task.Title}", CancellationToken = Token });
        AddChild(id, AskPersonWorkflow.Type);
        Say($"Waits for {task.Role}: {task.Title}. Answer with: sop answer {id}");
        PersonTaskStatus status;
        try
        {
            status = await child.GetResultAsync();
        }
        catch (Exception e) when (IsCancel(e))
        {
            await _steps.CheckpointAsync();
            throw;
        }

        Attach($"tasks/{_tasks}.json", status);
        if (status.Answer is not { } answer)
        {
            _audit.Add(AuditTypes.TaskExpired, status.Sentence, "failed", FailureCodes.TaskExpired, step: _progress.CurrentStep);
            throw new ApplicationFailureException(status.Sentence, errorType: FailureCodes.TaskExpired, nonRetryable: true);
        }

        _audit.Add(
            AuditTypes.TaskAnswered,
            string.Join(", ", (answer.Values ?? new Dictionary<string, string>()).OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => $"{value.Key}={value.Value}").Append(answer.Comment).Where(text => !string.IsNullOrEmpty(text))),
            actor: answer.Actor,
            step: _progress.CurrentStep);
        Say(status.Sentence);
        return answer;
    }
}
