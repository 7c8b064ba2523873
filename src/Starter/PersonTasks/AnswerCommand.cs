using System.CommandLine;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.PersonTasks;

/// <summary><c>sop answer</c>: answers a task for a person.</summary>
internal static class AnswerCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> id = new("id") { Description = "The task, as 'sop tasks' shows it; or its change, where that asks one thing" };
        Argument<string[]> fields = new("field=value")
        {
            Description = "The fields of the form, as 'sop tasks' shows them",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> comment = new("--comment") { Description = "What else there is to say", HelpName = "text" };
        Command command = new("answer", "Answer what a run waits for that only a person can do or decide")
        {
            id, fields, comment, ActorOption.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(id),
            new TaskAnswer(ActorOption.Read(parsed), Values(parsed.GetValue(fields) ?? []), parsed.GetValue(comment)),
            parsed.GetValue(GlobalOptions.Output),
            terminal,
            cancellationToken));
        return command;
    }

    private static Dictionary<string, string> Values(string[] fields)
    {
        Dictionary<string, string> values = [];
        List<string> faults = [];
        foreach (string field in fields)
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !values.TryAdd(field[..equals], field[(equals + 1)..]))
            {
                faults.Add(equals < 1 ? $"'{field}' must be field=value." : $"{field[..equals]} is given twice.");
            }
        }

        return faults.Count == 0 ? values : throw new SopException(ExitCode.Usage, faults);
    }

    private static async Task<int> RunAsync(
        string id, TaskAnswer answer, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        string workflowId = await FindAsync(server, id, cancellationToken);
        try
        {
            PersonTaskStatus status = await UpdateCall.SendAsync<PersonTaskStatus>(
                server, workflowId, AskPersonWorkflow.AnswerUpdate, answer, null, cancellationToken);
            terminal.Print(format, status, answered => new Sheet().Line(answered.Sentence));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw new SopException(ExitCode.Usage, $"'{workflowId}' waits for no answer; 'sop tasks' shows what does.", e);
        }
    }

    private static async Task<string> FindAsync(TemporalServer server, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<OpenTask> open = await OpenTasks.ReadAsync(server, cancellationToken);
        List<OpenTask> meant = [.. open.Where(task =>
            task.WorkflowId == id || task.Status.ChangeId.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        return meant switch
        {
            [OpenTask one] => one.WorkflowId,
            [] => throw new SopException(ExitCode.Usage, $"Nothing waits for an answer at '{id}'; 'sop tasks' shows what does."),
            _ => throw new SopException(
                ExitCode.Usage, [$"'{id}' asks several things; give the task:", .. meant.Select(task => task.WorkflowId)]),
        };
    }
}
