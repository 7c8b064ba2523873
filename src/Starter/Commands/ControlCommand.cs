using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop pause</c>, <c>resume</c>, <c>abort</c> and the other controls: steer a change that runs.</summary>
internal static class ControlCommand
{
    private static readonly (string Name, string Description, string? Question)[] Controls =
    [
        (ControlNames.Pause, "Pause a change at the next safe point", null),
        (ControlNames.Resume, "Continue a change that is paused, or that was blocked until you fixed the cause", null),
        (ControlNames.Abort, "End a change that has begun, and undo what it changed", "End it and undo what it changed?"),
        (ControlNames.Withdraw, "Withdraw a change before it changes anything", null),
        (ControlNames.RetryStep, "Retry the failed step of a change", null),
        (ControlNames.SkipStep, "Skip the failed step of a change, or the rest of a wait", "Continue without that step?"),
        (ControlNames.Revoke, "Revoke your own vote before a change runs", null),
        (ControlNames.AcceptAsIs, "End a failed change and leave its changes as they are", "End it and leave everything as it is now?"),
    ];

    /// <summary>A command for each control.</summary>
    public static IEnumerable<Command> CreateAll(Terminal terminal) =>
        Controls.Select(control => Create(control.Name, control.Description, control.Question, terminal));

    private static Command Create(string control, string description, string? question, Terminal terminal)
    {
        Argument<string> id = ChangeArgument.Create();
        Option<bool> all = new("--all") { Description = "All changes that have not ended, instead of one" };
        Option<string?> target = new("--target") { Description = "With --all: those on this target alone", HelpName = "context/namespace" };
        Option<string?> reason = new("--reason")
        {
            Description = "Why; recorded in the evidence",
            HelpName = "text",
            Required = control is ControlNames.AcceptAsIs or ControlNames.SkipStep,
        };
        Option<string?> step = new("--step")
        {
            Description = "The step that the control is for",
            HelpName = "name",
            Required = control == ControlNames.SkipStep,
        };
        Command command = new(control, description) { id, reason, ActorOption.Option };
        if (control is ControlNames.SkipStep or ControlNames.RetryStep)
        {
            command.Add(step);
        }

        bool takesAll = control is ControlNames.Pause or ControlNames.Resume;
        if (takesAll)
        {
            id.Arity = ArgumentArity.ZeroOrOne;
            command.Add(all);
            command.Add(target);
            command.Validators.Add(parsed =>
            {
                if (parsed.GetValue(all) == (parsed.GetValue(id) is not null))
                {
                    parsed.AddError("Give one change, or --all.");
                }
                else if (parsed.GetValue(target) is not null && !parsed.GetValue(all))
                {
                    parsed.AddError("--target goes with --all.");
                }
            });
        }

        if (question is not null)
        {
            command.Add(Confirmation.Option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            ControlRequest request = new(ActorOption.Read(parsed), parsed.GetValue(reason))
            {
                Step = command.Options.Contains(step) ? parsed.GetValue(step) : null,
            };
            if (takesAll && parsed.GetValue(all))
            {
                return EveryChangeControl.RunAsync(
                    control, request, parsed.GetValue(target), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken);
            }

            string? ask = question is null || Confirmation.IsGiven(parsed) ? null : question;
            return RunAsync(
                parsed.GetRequiredValue(id), control, request, ask, parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string id,
        string control,
        ControlRequest request,
        string? question,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        string workflowId = await ChangeFinder.FindAsync(server, id, cancellationToken);
        ChangeReader reader = new(server, workflowId);
        if (question is not null && terminal.CanAsk)
        {
            terminal.Print(StatusSheet.Of(await reader.ReadAsync(cancellationToken)).Line(""));
            Confirmation.Require(question, terminal);
        }

        try
        {
            if (control == ControlNames.Revoke && await TryRevokeAsync(server, reader, request, cancellationToken) is { } revoked)
            {
                terminal.Print(
                    format, revoked, status => new Sheet().Line($"{Actor.Subject(request.Actor)} revoked their vote. {status.Sentence}"));
                return ExitCode.Done;
            }

            ControlAnswer answer = await UpdateCall.SendAsync<ControlAnswer>(server, workflowId, control, request, null, cancellationToken);
            terminal.Print(format, answer, given => new Sheet().Line(given.Sentence));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            ChangeStatus ended = (await reader.ReadAsync(cancellationToken)).Change;
            throw new SopException(
                ExitCode.Blocked, $"{ControlRefusals.NotInThisState}: {ended.ChangeId} has ended as {ended.State}: {ended.Sentence}", e);
        }
    }

    // While votes are awaited the ballot has the vote, and not yet the run.
    private static async Task<ApprovalStatus?> TryRevokeAsync(
        TemporalServer server, ChangeReader reader, ControlRequest request, CancellationToken cancellationToken) =>
        (await reader.ReadAsync(cancellationToken)).Change
            is { State: ChangeState.AwaitingApproval, ApprovalWorkflowId: { } approval, PlanHash: { } hash }
            ? await UpdateCall.SendAsync<ApprovalStatus>(
                server, approval, ChangeNames.RevokeUpdate, new RevokedVote(hash, request.Actor, request.Reason), null, cancellationToken)
            : null;
}
