using System.Globalization;

namespace Orchestrator.Workflows.ChangeControl.PersonTasks;

/// <summary>Holds an answer against its task. Pure.</summary>
internal static class TaskForm
{
    private const int LongestText = 500;

    /// <summary>Why an answer is refused; null where it counts. The first reason in the order of <see cref="TaskRefusals"/>.</summary>
    /// <param name="asked">What is asked, by whom, and who has which role.</param>
    /// <param name="answer">The answer.</param>
    public static Refusal? Refuse(AskPersonInput asked, TaskAnswer answer)
    {
        PersonTask task = asked.Task;
        string subject = Actor.Subject(answer.Actor);
        return !asked.AllowUnverifiedActors
                ? No(
                    TaskRefusals.ActorUnverified,
                    $"The name '{SubjectName.Shown(answer.Actor)}' is not verified; this installation accepts only verified answers.")
            : Actor.Fault(answer.Actor) is { } fault
                ? No(TaskRefusals.ActorUnverified, $"The name '{SubjectName.Shown(answer.Actor)}' {fault}.")
            : !task.RequesterMayAnswer && Actor.Same(answer.Actor, asked.RequestedBy)
                ? No(TaskRefusals.ActorIsRequester, $"{subject} requested {asked.ChangeId}; somebody else must answer this.")
            : !asked.Voters.VotingRolesOf(subject).Contains(task.Role)
                ? No(TaskRefusals.ActorLacksRole, $"{subject} does not have the role {task.Role}, which this task asks for.")
            : Faults(task, answer) is { Count: > 0 } faults
                ? No(TaskRefusals.AnswerInvalid, string.Join(" ", faults))
            : null;
    }

    private static Refusal No(string code, string sentence) => Refusal.Block(code, sentence);

    private static List<string> Faults(PersonTask task, TaskAnswer answer)
    {
        List<string> faults =
        [
            .. (answer.Values ?? new Dictionary<string, string>()).Keys
                .Where(name => task.Fields.All(field => field.Name != name))
                .Order(StringComparer.Ordinal)
                .Select(name => $"{SubjectName.Shown(name)} is unknown; the form has {Names(task)}."),
        ];
        foreach (TaskField field in task.Fields)
        {
            string? value = answer.Value(field.Name)?.Trim();
            if (string.IsNullOrEmpty(value))
            {
                if (field.IsRequired)
                {
                    faults.Add($"{field.Name} is missing: {field.Label}");
                }
            }
            else if (Fault(field, value) is { } fault)
            {
                faults.Add($"{field.Name} is '{SubjectName.Shown(value)}'; it must be {fault}.");
            }
        }

        return faults;
    }

    private static string Names(PersonTask task) =>
        task.Fields.Count == 0 ? "no fields" : string.Join(", ", task.Fields.Select(field => field.Name));

    private static string? Fault(TaskField field, string value) => field.Kind switch
    {
        TaskFieldKind.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? null
            : "a whole number",
        TaskFieldKind.YesNo => value is "yes" or "no" ? null : "yes or no",
        TaskFieldKind.Choice => field.Choices.Contains(value) ? null : $"one of {string.Join(", ", field.Choices)}",
        _ => value.Length <= LongestText ? null : $"at most {LongestText} characters long",
    };
}
