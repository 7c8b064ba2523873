using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Following;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop start</c>: runs a procedure and follows it to its end.</summary>
internal static class StartCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("start", "Run a procedure: the plan, the approvals, the steps; follows it to its end");
        RequestOptions options = new(ChangeMode.Execute);
        options.AddTo(command);
        Option<bool> detach = new("--detach") { Description = "Do not follow it; 'sop status' does" };
        command.Add(detach);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Read(parsed, terminal.Clock.GetUtcNow()), parsed.GetValue(detach), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ProcedureRequest request, bool detach, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        await server.RequireWorkerAsync(cancellationToken);
        bool running = await ProcedureStart.StartAsync(server, request, cancellationToken);
        terminal.Say(running
            ? $"{request.ChangeId} runs {request.Procedure.Name} on {request.Target} (workflow {request.WorkflowId})."
            : $"{request.ChangeId} was asked for before with the same request id, and has ended; this is how.");
        if (detach)
        {
            terminal.Print(format, new StartedChange(request.ChangeId, request.WorkflowId), _ => HowToWatch(request.ChangeId));
            return ExitCode.Done;
        }

        try
        {
            ChangeView end = await FollowAsync(new ChangeFollower(server, request.WorkflowId, terminal), format, terminal, cancellationToken);
            return ChangeEnd.Tell(end.Change, terminal);
        }
        catch (Exception e) when (e is OperationCanceledException or SopException { ExitCode: ExitCode.OutOfReach })
        {
            terminal.Say($"{request.ChangeId} goes on without this command. Watch it with: sop status {request.ChangeId} --watch");
            throw;
        }
    }

    private static async Task<ChangeView> FollowAsync(ChangeFollower follower, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ChangeView> views = WithPlansAsync(follower.FollowAsync(cancellationToken), format, terminal);
        if (format == OutputFormat.Table)
        {
            return await Watch.ShowAsync(views, terminal, cancellationToken);
        }

        // A document is printed once, at the end; what goes on until then is told beside it.
        ChangeView end = await Watch.LinesAsync(views, terminal.Clock, terminal.Say, cancellationToken);
        terminal.Print(format, end, StatusSheet.Of);
        return end;
    }

    // Shows a plan as soon as there is one, and again when another takes its place.
    private static async IAsyncEnumerable<ChangeView> WithPlansAsync(IAsyncEnumerable<ChangeView> views, OutputFormat format, Terminal terminal)
    {
        string? shown = null;
        await foreach (ChangeView view in views)
        {
            if (format == OutputFormat.Table && view.Change is { Plan: { } plan, PlanHash: { } hash } && hash != shown)
            {
                terminal.Print(PlanSheet.Of(view.Change, plan).Line(""));
                shown = hash;
            }

            yield return view;
        }
    }

    private static Sheet HowToWatch(string changeId) => new Sheet().Line($"Watch it with: sop status {changeId} --watch");

    private sealed record StartedChange(string ChangeId, string WorkflowId);
}
