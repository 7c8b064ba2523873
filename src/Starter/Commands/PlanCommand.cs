using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Following;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop plan</c>: what would change, in which order, or what blocks; touches nothing.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("plan", "Show what a procedure would change, in which order, and what blocks it; changes nothing");
        RequestOptions options = new(ChangeMode.Plan);
        options.AddTo(command);
        command.Add(CreateShow(terminal));
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(options.Read(parsed, terminal).OfChange(), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ProcedureRequest request, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        await server.RequireWorkerAsync(cancellationToken);
        return ChangeEnd.Tell(await ShowAsync(server, request, format, terminal, cancellationToken), terminal);
    }

    private static Command CreateShow(Terminal terminal)
    {
        Argument<string> id = ChangeArgument.Create();
        Command command = new("show", "Show the plan of a change: the one that waits for votes, or that was approved") { id };
        command.SetAction((parsed, cancellationToken) =>
            ShowAgainAsync(parsed.GetRequiredValue(id), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> ShowAgainAsync(string id, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        ChangeView view = await new ChangeReader(server, await ChangeFinder.FindAsync(server, id, cancellationToken))
            .ReadAsync(cancellationToken);
        if (view.Change is not { Plan: { } plan, PlanHash: { } hash } change)
        {
            throw new SopException(
                ExitCode.Blocked, $"{view.Change.ChangeId} has no plan; it is {view.Change.State}: {view.Change.Sentence}");
        }

        terminal.Print(
            format, new ShownPlan(change.ChangeId, change.State, change.RequestedBy, change.Reason, hash, plan), _ => Page(view, plan));
        return ExitCode.Done;
    }

    private static Sheet Page(ChangeView view, Plan plan)
    {
        Sheet page = PlanSheet.Of(view.Change, plan);
        if (view.Change.State == ChangeState.AwaitingApproval)
        {
            page.Line("");
            HowToVote.Of(view.Change, view.Approval).ToList().ForEach(line => page.Line(line));
        }

        return page;
    }

    private sealed record ShownPlan(string ChangeId, ChangeState State, string RequestedBy, string? Reason, string PlanHash, Plan Plan);

    /// <summary>Runs the procedure up to its plan, and prints that, or why there is none.</summary>
    /// <returns>Where it stands at its end.</returns>
    public static async Task<ChangeStatus> ShowAsync(
        TemporalServer server, ProcedureRequest request, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        await ProcedureStart.StartAsync(server, request, cancellationToken);
        ChangeView last = await new ChangeFollower(server, request.WorkflowId, terminal)
            .FollowAsync(cancellationToken)
            .LastAsync(cancellationToken);
        terminal.Print(
            format,
            last,
            view => view.Change is { State: ChangeState.Planned, Plan: { } plan } change
                ? PlanSheet.Of(change, plan)
                : StatusSheet.Of(view));
        return last.Change;
    }
}
