using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop approvals</c>: what waits for votes.</summary>
internal static class ApprovalsCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("approvals", "Show the changes that wait for votes, and whether you may vote") { ActorOption.Option };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            ActorOption.Read(parsed), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string actor, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        OpenChanges open = OpenChanges.None;
        try
        {
            open = await OpenChanges.ReadAsync(server, OpenChanges.Waiting, cancellationToken);
        }
        catch (NoChangesYetException e)
        {
            terminal.Say(e.Message);
        }

        OpenChanges waiting = open with { Answered = [.. open.Answered.Where(view => view.Change.State == ChangeState.AwaitingApproval)] };
        return OpenChangesCommand.Tell(waiting, views => ApprovalsSheet.Of(views, actor), format, terminal);
    }
}
