using System.Text;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.Text;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.PersonTasks;

/// <summary>What is asked of a person, and by whom.</summary>
/// <param name="ChangeId">The change that it belongs to.</param>
/// <param name="Target">What that change is aimed at.</param>
/// <param name="Task">What is asked.</param>
/// <param name="RequestedBy">Who requested the change.</param>
/// <param name="Voters">Who has which role.</param>
/// <param name="AllowUnverifiedActors">True only in the laptop profile.</param>
/// <param name="Notifies">Whether people are told that it waits, and reminded of it.</param>
public sealed record AskPersonInput(
    string ChangeId, ChangeTarget Target, PersonTask Task, string RequestedBy, VoterRoles Voters, bool AllowUnverifiedActors,
    bool Notifies = false);

/// <summary>
/// Waits until a person has answered a task. An answer that is refused is told why and leaves no trace in the history; silence is no
/// answer. People are reminded when half and nine tenths of the time are over.
/// </summary>
[Workflow(Type)]
public sealed class AskPersonWorkflow
{
    /// <summary>The workflow type.</summary>
    public const string Type = "AskPerson";

    /// <summary>Update, and Signal for the Temporal UI: an answer.</summary>
    public const string AnswerUpdate = "answer";

    private readonly ReadInput<AskPersonInput> _read;
    private readonly DateTimeOffset _began = Now;
    private TaskAnswer? _answer;
    private DateTimeOffset? _answeredAt;
    private bool _isExpired;
    private Refusal? _refusedSignal;

    /// <summary>Opens the task before the first answer can arrive.</summary>
    /// <param name="input">An <see cref="AskPersonInput"/>.</param>
    [WorkflowInit]
    public AskPersonWorkflow(IRawValue? input = null) => _read = InputReader.Own<AskPersonInput>(input);

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    private DateTimeOffset Until => _began + _read.Require().Task.Within;

    /// <summary>Waits for the answer.</summary>
    /// <param name="input">An <see cref="AskPersonInput"/>.</param>
    /// <returns>How it came out.</returns>
    /// <exception cref="ApplicationFailureException">The input is not one.</exception>
    [WorkflowRun]
    public async Task<PersonTaskStatus> RunAsync(IRawValue? input = null)
    {
        AskPersonInput asked = _read.Require();
        Workflow.UpsertTypedSearchAttributes(
            SearchAttributeKey.CreateKeyword(ChangeNames.TaskRoleAttribute).ValueSet(asked.Task.Role),
            SearchAttributeKey.CreateKeyword(ChangeNames.TargetAttribute).ValueSet(asked.Target.ToString()));
        Show();
        RunNotices notices = new(asked.ChangeId, $"{asked.Target}") { IsOn = asked.Notifies };
        Tell(notices, ChangeNotices.TaskWaiting, asked);
        foreach (double part in (double[])[.. ChangeNotices.RemindAfter, 1])
        {
            TimeSpan left = _began + (asked.Task.Within * part) - Now;
            if (await Workflow.WaitConditionAsync(() => _answer is not null, left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                break;
            }

            _isExpired = part >= 1;
            RunLog.Write(
                asked.ChangeId, _isExpired ? AuditTypes.TaskExpired : AuditTypes.TaskReminded, $"{asked.Task.Role}: {Status().Sentence}");
            Tell(notices, _isExpired ? ChangeNotices.TaskExpired : ChangeNotices.TaskReminder, asked);
        }

        Show();
        await notices.BegunAsync();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return Status();
    }

    /// <summary>Where it stands.</summary>
    [WorkflowQuery(ChangeNames.StatusQuery)]
    public PersonTaskStatus Status()
    {
        AskPersonInput asked = _read.Require();
        PersonTaskState state = _answer is not null ? PersonTaskState.Answered
            : _isExpired ? PersonTaskState.Expired
            : PersonTaskState.Waiting;
        string sentence = state switch
        {
            PersonTaskState.Answered => $"Answered by {Actor.Subject(_answer!.Actor)} at {_answeredAt:u}.",
            PersonTaskState.Expired => $"Nobody with the role {asked.Task.Role} answered '{asked.Task.Title}' by {Until:u}.",
            _ => $"'{asked.Task.Title}' waits for {asked.Task.Role} until {Until:u}.",
        };
        return new(asked.ChangeId, asked.Target, asked.Task, state, Until, sentence, _answer, _answeredAt);
    }

    /// <summary>Answers it.</summary>
    /// <param name="answer">A <see cref="TaskAnswer"/>.</param>
    /// <returns>Where it stands then.</returns>
    [WorkflowUpdate(AnswerUpdate)]
    public Task<PersonTaskStatus> AnswerAsync(IRawValue? answer = null)
    {
        Take(InputReader.Asked<TaskAnswer>(answer).Require());
        return Task.FromResult(Status());
    }

    /// <summary>Refuses an answer that does not count, with the reason.</summary>
    /// <param name="answer">A <see cref="TaskAnswer"/>.</param>
    /// <exception cref="ApplicationFailureException">
    /// Its type is one of <see cref="TaskRefusals"/>, or <see cref="ReasonCodes.InputInvalid"/>; its message is the sentence.
    /// </exception>
    [WorkflowUpdateValidator(nameof(AnswerAsync))]
    public void ValidateAnswer(IRawValue? answer = null)
    {
        if (Refuse(InputReader.Asked<TaskAnswer>(answer).Require()) is { } refusal)
        {
            RunLog.Refused(_read.Require().ChangeId, AuditTypes.TaskAnswered, refusal.Code, refusal.Sentence);
            throw new ApplicationFailureException(refusal.Sentence, errorType: refusal.Code, nonRetryable: true);
        }
    }

    /// <summary>Answers it from the Temporal UI. An answer that does not count changes nothing; the details say why.</summary>
    /// <param name="answer">A <see cref="TaskAnswer"/>.</param>
    [WorkflowSignal(AnswerUpdate)]
    public Task AnswerBySignalAsync(IRawValue? answer = null)
    {
        if (_read.Faults.Count == 0)
        {
            ReadInput<TaskAnswer> read = InputReader.Asked<TaskAnswer>(answer);
            _refusedSignal = read.Refusal ?? Refuse(read.Value!);
            if (_refusedSignal is null)
            {
                Take(read.Value!);
            }

            Show();
        }

        return Task.CompletedTask;
    }

    private void Tell(RunNotices notices, string type, AskPersonInput asked) => notices.Tell(
        type,
        NotificationSeverity.Warning,
        $"{asked.Task.Role}: {asked.Task.Title}",
        $"{asked.Task.Question} {Status().Sentence}{(_isExpired ? "" : $" Answer with: sop answer {Workflow.Info.WorkflowId}")}");

    private Refusal? Refuse(TaskAnswer answer) => _answer is not null || _isExpired || Now >= Until
        ? Refusal.Block(TaskRefusals.NotWaiting, $"It waits for no answer: {Status().Sentence}")
        : TaskForm.Refuse(_read.Require(), answer);

    private void Take(TaskAnswer answer)
    {
        (_answer, _answeredAt) = (answer, Now);
        RunLog.Write(_read.Require().ChangeId, AuditTypes.TaskAnswered, $"by {answer.Actor}: {_read.Require().Task.Title}");
        Show();
    }

    private void Show()
    {
        PersonTask task = _read.Require().Task;
        StringBuilder text = new();
        text.AppendLine($"### {PlainText.Markdown(task.Title)}").AppendLine().AppendLine(PlainText.Markdown(task.Question)).AppendLine();
        foreach (TaskField field in task.Fields)
        {
            string choices = field.Choices.Count == 0 ? "" : $" ({string.Join(", ", field.Choices)})";
            text.AppendLine($"- `{field.Name}` {field.Kind}{choices}: {PlainText.Markdown(field.Label)}");
        }

        text.AppendLine().AppendLine(PlainText.Markdown(Status().Sentence));
        if (_refusedSignal is { } refused)
        {
            text.AppendLine().AppendLine($"Refused: {PlainText.Markdown(refused.Sentence)}");
        }

        Workflow.CurrentDetails = text.ToString();
    }
}
