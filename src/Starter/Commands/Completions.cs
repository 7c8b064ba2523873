using System.CommandLine;
using System.CommandLine.Completions;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary>What a shell offers for an argument.</summary>
internal static class Completions
{
    // Who presses Tab does not wait longer; without an answer by then nothing is offered.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);
    private const int MostChanges = 50;

    public static Argument<string> OfProcedures(Argument<string> argument)
    {
        // Not any more once one stands there: what follows is something else.
        argument.CompletionSources.Add(context =>
            context.ParseResult.GetValue(argument) is not { Length: > 0 } given || given == context.WordToComplete
                ? ProcedureCatalogue.All.Select(procedure => new CompletionItem(procedure.Name))
                : []);
        return argument;
    }

    /// <summary>Offers the keys of the procedure that stands before them, each with the sign that its value follows.</summary>
    public static void OfKeys(Argument<string[]> argument, Argument<string> procedure) => argument.CompletionSources.Add(context =>
        ProcedureCatalogue.All.FirstOrDefault(each => each.Name == context.ParseResult.GetValue(procedure)) is { } found
            ? ProcedureInput.Keys(found).Select(key => new CompletionItem($"{key}="))
            : []);

    /// <summary>Offers the changes that have not ended, newest first.</summary>
    public static Argument<T> OfChanges<T>(Argument<T> argument)
    {
        argument.CompletionSources.Add(_ => Changes().Select(id => new CompletionItem(id, sortText: $"{id}")));
        return argument;
    }

    private static List<string> Changes()
    {
        try
        {
            using CancellationTokenSource limit = new(AnswerWithin);
            return Task.Run(() => ReadAsync(limit.Token), limit.Token).WaitAsync(AnswerWithin).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is SopException or RpcException or OperationCanceledException or TimeoutException)
        {
            return [];
        }
    }

    private static async Task<List<string>> ReadAsync(CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(TimeProvider.System, cancellationToken);
        List<string> ids = [];
        await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(server, OpenChanges.All, cancellationToken))
        {
            ids.Add(ChangeId.Of(workflow.Id));
            if (ids.Count == MostChanges)
            {
                break;
            }
        }

        return ids;
    }
}
