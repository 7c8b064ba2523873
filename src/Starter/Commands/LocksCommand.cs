using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop locks</c>: who holds which cluster, who waits, and how a lock that is never released is broken by two people.</summary>
internal static class LocksCommand
{
    private const string Guards = $"ExecutionStatus = 'Running' AND WorkflowType = '{LockNames.ClusterGuard}'";

    public static Command Create(Terminal terminal)
    {
        Command command = new("locks", "Show who holds which lock and who waits")
        {
            CreateBreak(
                "break",
                "Ask to break a lock, so that its holder changes nothing more; a second person must confirm within 15 minutes",
                LockNames.BreakUpdate,
                terminal),
            CreateBreak("confirm-break", "Confirm, as the second person, the break of a lock", LockNames.ConfirmBreakUpdate, terminal),
        };
        command.SetAction((parsed, cancellationToken) => ListAsync(parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static Command CreateBreak(string name, string description, string update, Terminal terminal)
    {
        Argument<string> guard = new("lock") { Description = "The lock, such as kafka/CLUSTER-ID; 'sop locks' shows them" };
        Option<string> reason = new("--reason") { Description = "Why, in at least 10 characters", HelpName = "text", Required = true };
        Option<string?> incident = new("--incident") { Description = "The incident that makes it necessary", HelpName = "id" };
        Command command = new(name, description) { guard, reason, incident, ActorOption.Option, Confirmation.Option };
        command.SetAction((parsed, cancellationToken) =>
        {
            BreakLock asked = new(ActorOption.Read(parsed), parsed.GetRequiredValue(reason), parsed.GetValue(incident));
            return BreakAsync(
                parsed.GetRequiredValue(guard),
                update,
                asked,
                Confirmation.IsGiven(parsed),
                parsed.GetValue(GlobalOptions.Output),
                terminal,
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> ListAsync(OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        List<GuardStatus> guards = [];
        await foreach (WorkflowExecution guard in WorkflowSearch.FindAsync(server, Guards, cancellationToken))
        {
            try
            {
                guards.Add(await StatusQuery.AskAsync<GuardStatus>(server, guard.Id, cancellationToken));
            }
            catch (SopException e) when (e.ExitCode == ExitCode.OutOfReach)
            {
                terminal.Print(
                    format, await KnownAsync(server, cancellationToken), known => KnownSheet.Of(known, terminal.Clock.GetUtcNow()));
                throw;
            }
        }

        terminal.Print(format, guards.OrderBy(guard => guard.Guard, StringComparer.Ordinal).ToList(), LocksSheet.Of);
        return ExitCode.Done;
    }

    private static async Task<KnownLocks> KnownAsync(TemporalServer server, CancellationToken cancellationToken)
    {
        List<KnownLocks.Guard> guards = [];
        await foreach (WorkflowExecution guard in WorkflowSearch.FindAsync(server, Guards, cancellationToken))
        {
            GuardHistory history = new();
            DateTimeOffset asOf = new(guard.StartTime, TimeSpan.Zero);
            await foreach (HistoryEvent each in server.Client.GetWorkflowHandle(guard.Id, guard.RunId).FetchHistoryEventsAsync(
                new() { Rpc = new RpcOptions { CancellationToken = cancellationToken } }))
            {
                await history.ReadAsync(each);
                asOf = each.EventTime.ToDateTimeOffset();
            }

            guards.Add(new(guard.Id, asOf, history.Holders));
        }

        List<KnownChange> changes = [];
        await foreach (WorkflowExecution change in WorkflowSearch.FindAsync(server, OpenChanges.All, cancellationToken))
        {
            changes.Add(await KnownChangeReader.ReadAsync(server, change.Id, cancellationToken));
        }

        return new KnownLocks([.. guards.OrderBy(guard => guard.Lock, StringComparer.Ordinal)], changes);
    }

    private static async Task<int> BreakAsync(
        string guard,
        string update,
        BreakLock asked,
        bool isConfirmed,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        try
        {
            if (!isConfirmed && terminal.CanAsk)
            {
                terminal.Print(LocksSheet.Of([await StatusQuery.AskAsync<GuardStatus>(server, guard, cancellationToken)]).Line(""));
                Confirmation.Require($"Break {guard}? The change that holds it stops where it is.", terminal);
            }

            GuardStatus status = await UpdateCall.SendAsync<GuardStatus>(server, guard, update, asked, null, cancellationToken);
            terminal.Print(format, status, after => LocksSheet.Of([after]));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw new SopException(ExitCode.Usage, $"{server.Name} has no lock '{guard}'; 'sop locks' shows them.", e);
        }
    }
}
