using System.CommandLine;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl.PersonTasks;

namespace Orchestrator.Starter.PersonTasks;

/// <summary><c>sop tasks</c>: what runs wait for that only a person can do or decide.</summary>
internal static class TasksCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("tasks", "Show what waits for a person's answer; approvals are under 'sop approvals'");
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        IReadOnlyList<OpenTask> open = [];
        try
        {
            open = await OpenTasks.ReadAsync(server, cancellationToken);
        }
        catch (NoChangesYetException e)
        {
            terminal.Say(e.Message);
        }

        terminal.Print(format, open, Sheet);
        return ExitCode.Done;
    }

    private static Sheet Sheet(IReadOnlyList<OpenTask> open)
    {
        Sheet sheet = new();
        if (open.Count == 0)
        {
            return sheet.Line("Nothing waits for an answer.");
        }

        foreach (OpenTask task in open)
        {
            PersonTask asked = task.Status.Task;
            sheet.Heading($"{asked.Title} ({task.Status.ChangeId} on {task.Status.Target})")
                .Line(asked.Question)
                .Facts(("role", asked.Role), ("until", $"{task.Status.Until:u}"));
            sheet.Table(
                null,
                ["field", "takes", "meaning"],
                asked.Fields.Select(field => new Cell[]
                {
                    field.Name,
                    (field.Kind == TaskFieldKind.Choice ? string.Join('|', field.Choices) : $"{field.Kind}")
                        + (field.IsRequired ? "" : ", optional"),
                    field.Label,
                }));
            string form = string.Concat(asked.Fields.Where(field => field.IsRequired).Select(field => $" {field.Name}=…"));
            sheet.Line($"Answer with: sop answer {task.WorkflowId}{form}");
        }

        return sheet;
    }
}
