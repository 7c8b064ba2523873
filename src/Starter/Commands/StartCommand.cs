using System.CommandLine;
using Orchestrator.Starter.Assessments;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Following;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop start</c>: runs a procedure and follows it to its end.</summary>
internal static class StartCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("start", "Run a procedure and follow it to its end: plan, approvals, steps");
        RequestOptions options = new(ChangeMode.Execute);
        options.AddTo(command);
        Option<bool> detach = new("--detach") { Description = "Do not follow it; 'sop status' shows it" };
        Option<bool> wait = new("--wait") { Description = "Wait for its end and print nothing before that" };
        command.Add(detach);
        command.Add(wait);
        command.Add(Confirmation.Option);
        Option<Verdict?> failAt = Choice.Completed(new Option<Verdict?>("--fail-at")
        {
            Description = "For an assessment: end with 1 where its verdict is this or worse (default: never)",
            HelpName = "unknown|degraded|critical",
            CustomParser = result => Choice.Parse<Verdict>(result),
        });
        command.Add(failAt);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(detach) && parsed.GetValue(wait))
            {
                parsed.AddError("--detach and --wait exclude each other.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            Attention attention = parsed.GetValue(detach) ? Attention.None : parsed.GetValue(wait) ? Attention.End : Attention.Progress;
            ProcedureRequest request = options.Read(parsed, terminal);
            if (request.Procedure.Kind == ProcedureKind.Assessment)
            {
                return AssessAsync(
                    request, attention == Attention.None, parsed.GetValue(failAt), parsed.GetValue(GlobalOptions.Output), terminal,
                    cancellationToken);
            }

            bool ask = attention == Attention.Progress && !Confirmation.IsGiven(parsed) && terminal.CanAsk;
            return RunAsync(request, attention, ask, parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> AssessAsync(
        ProcedureRequest request,
        bool isDetached,
        Verdict? failAt,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        await server.RequireWorkerAsync(cancellationToken);
        return await AssessmentStart.RunAsync(server, request, isDetached, failAt, format, terminal, cancellationToken);
    }

    private static async Task<int> RunAsync(
        ProcedureRequest request,
        Attention attention,
        bool ask,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        await server.RequireWorkerAsync(cancellationToken);
        if (ask)
        {
            ChangeStatus seen = await PlanCommand.ShowAsync(
                server, request.AsPlan(terminal.Clock.GetUtcNow()), OutputFormat.Table, terminal, cancellationToken);
            if (seen is not { State: ChangeState.Planned, PlanHash: { } hash })
            {
                return ChangeEnd.Tell(seen, terminal);
            }

            terminal.Print(new Sheet().Line(""));
            Confirmation.Require($"Start it on {request.Target}? Nothing is changed before the approvals of {seen.Tier}.", terminal);
            request = request.BoundTo(hash);
        }

        bool running = await ProcedureStart.StartAsync(server, request, cancellationToken);
        if (attention == Attention.None)
        {
            return await DetachAsync(server, request, format, terminal, cancellationToken);
        }

        string started = running
            ? $"{request.ChangeId} runs {request.Procedure.Name} on {request.Target} (workflow {request.WorkflowId})."
            : $"{request.ChangeId} was requested before with the same request id and has already ended; this is its result.";
        Action<string> tell = format == OutputFormat.Table ? terminal.PrintLine : terminal.Say;
        tell(started);

        try
        {
            ChangeFollower follower = new(server, request.WorkflowId, terminal);
            ChangeView end = attention == Attention.End
                ? await EndAsync(follower, format, terminal, cancellationToken)
                : await FollowAsync(follower, format, showsPlan: !ask, terminal, cancellationToken);
            return ChangeEnd.Tell(end.Change, terminal);
        }
        catch (Exception e) when (e is OperationCanceledException or SopException { ExitCode: ExitCode.OutOfReach })
        {
            terminal.Say($"{request.ChangeId} continues without this command. Watch it with: sop status {request.ChangeId} --watch");
            throw;
        }
    }

    // The change id alone goes to the output, for scripts; all else is said beside it.
    private static async Task<int> DetachAsync(
        TemporalServer server, ProcedureRequest request, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        ChangeView? seen = await InputVerdict.WaitAsync(server, request.WorkflowId, cancellationToken);
        StartedChange started = new(request.ChangeId, request.WorkflowId, seen?.Change.State, seen?.Change.Sentence);
        terminal.Print(format, started, change => new Sheet().Line(change.ChangeId));
        if (seen is null)
        {
            throw new SopException(
                ExitCode.OutOfReach,
                $"{request.ChangeId} was started, but no worker has answered yet, so it is not known whether its input is valid. "
                + $"Check with: sop status {request.ChangeId}");
        }

        if (!ChangeExit.IsFinal(seen.Change.State))
        {
            terminal.Say(
                $"{request.ChangeId} runs {request.Procedure.Name} on {request.Target} (workflow {request.WorkflowId}): "
                + $"{seen.Change.Sentence}");
            terminal.Say($"Watch it with: sop status {request.ChangeId} --watch");
        }

        return ChangeEnd.Tell(seen.Change, terminal);
    }

    private static async Task<ChangeView> EndAsync(
        ChangeFollower follower, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        ChangeView end = await follower.FollowAsync(cancellationToken).LastAsync(cancellationToken);
        terminal.Print(format, end, StatusSheet.Of);
        return end;
    }

    private static async Task<ChangeView> FollowAsync(
        ChangeFollower follower, OutputFormat format, bool showsPlan, Terminal terminal, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ChangeView> views = WithPlansAsync(
            follower.FollowAsync(cancellationToken), showsPlan && format == OutputFormat.Table, terminal);
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
    private static async IAsyncEnumerable<ChangeView> WithPlansAsync(IAsyncEnumerable<ChangeView> views, bool shows, Terminal terminal)
    {
        string? shown = null;
        await foreach (ChangeView view in views)
        {
            if (shows && view.Change is { Plan: { } plan, PlanHash: { } hash } && hash != shown)
            {
                terminal.Print(PlanSheet.Of(view.Change, plan).Line(""));
                shown = hash;
            }

            yield return view;
        }
    }

    // What whoever starts a change wants to see of it.
    private enum Attention
    {
        Progress,
        End,
        None,
    }

    private sealed record StartedChange(string ChangeId, string WorkflowId, ChangeState? State, string? Sentence);
}
