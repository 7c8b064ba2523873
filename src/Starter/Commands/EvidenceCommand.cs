using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop evidence</c>: where the evidence of a change is.</summary>
internal static class EvidenceCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> id = ChangeArgument.Create();
        Command command = new("evidence", "Show where the evidence of a change is, and the hash that proves it complete") { id };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(id), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string id, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        string workflowId = await ChangeFinder.FindAsync(server, id, cancellationToken);
        ChangeStatus change = (await new ChangeReader(server, workflowId).ReadAsync(cancellationToken)).Change;
        EvidenceReference evidence = change.Evidence
            ?? throw new SopException(
                ExitCode.Blocked,
                $"{change.ChangeId} has no evidence yet: evidence is written when an executed change ends; "
                + $"this one is {change.State}.");
        terminal.Print(format, evidence, EvidenceSheet.Of);
        return ExitCode.Done;
    }
}
