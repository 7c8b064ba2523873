using System.CommandLine;
using Orchestrator.Starter.Assessments;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Following;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop status</c>: where a change stands, once or until it has ended.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string?> id = Completions.OfChanges(new Argument<string?>("id")
        {
            Description = "The change (CHG-...), or the id of its workflow; without it, all that have not ended",
            Arity = ArgumentArity.ZeroOrOne,
        });
        Option<bool> watch = new("--watch", "-w") { Description = "Follow it to its end; the exit code tells how it ended" };
        Command command = new("status", "Show where a change stands: steps, pods, votes, journal") { id, watch };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(watch) && parsed.GetValue(id) is null)
            {
                parsed.AddError("--watch needs a change to follow; 'sop status' shows those that have not ended.");
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(id) is { } change
            ? RunAsync(change, parsed.GetValue(watch), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken)
            : ListAsync(parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        try
        {
            return OpenChangesCommand.Tell(
                await OpenChanges.ReadAsync(server, OpenChanges.All, cancellationToken), OpenChangesSheet.Of, format, terminal);
        }
        catch (NoChangesYetException e)
        {
            terminal.Say(e.Message);
            return OpenChangesCommand.Tell(OpenChanges.None, OpenChangesSheet.Of, format, terminal);
        }
    }

    private static async Task<int> RunAsync(
        string id, bool watch, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        string workflowId = await ChangeFinder.FindAsync(server, id, cancellationToken);

        // Also where it is watched: a change that does not exist is told at once.
        try
        {
            ChangeView now = await new ChangeReader(server, workflowId).ReadAsync(cancellationToken);
            if (ProcedureCatalogue.All.Any(
                each => each.WorkflowType == now.Change.Procedure && each.Kind == ProcedureKind.Assessment)
                && (watch || now.Change.State == ChangeState.Succeeded))
            {
                terminal.Print(format, await AssessmentStart.ReadAsync(server, workflowId, cancellationToken), AssessmentSheet.Of);
                return ExitCode.Done;
            }

            if (!watch)
            {
                terminal.Print(format, now, StatusSheet.Of);
                return ExitCode.Done;
            }
        }
        catch (SopException e) when (e.ExitCode == ExitCode.OutOfReach)
        {
            KnownChange known = await KnownChangeReader.ReadAsync(server, workflowId, cancellationToken);
            if (!watch || format == OutputFormat.Table)
            {
                terminal.Print(format, known, change => KnownSheet.Of(change, terminal.Clock.GetUtcNow()));
            }

            // A worker that is being replaced is no reason to stop watching: the follower says who does not answer, and waits for it.
            if (!watch)
            {
                throw;
            }
        }

        IAsyncEnumerable<ChangeView> views = new ChangeFollower(server, workflowId, terminal).FollowAsync(cancellationToken);
        ChangeView end = format switch
        {
            OutputFormat.Json => await Watch.StreamAsync(views, Documents.JsonLine, terminal, cancellationToken),
            OutputFormat.Yaml => await Watch.StreamAsync(views, view => $"---\n{Documents.Yaml(view)}", terminal, cancellationToken),
            _ => await Watch.ShowAsync(views, terminal, cancellationToken),
        };
        return ChangeEnd.Tell(end.Change, terminal);
    }
}
