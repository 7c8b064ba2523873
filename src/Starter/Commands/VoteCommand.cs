using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop approve</c> and <c>sop reject</c>: shows what is voted on, and votes.</summary>
internal static class VoteCommand
{
    // Fewer characters could fit another plan by chance.
    private const int ShortestBeginning = 8;

    public static Command Create(VoteDecision decision, Terminal terminal)
    {
        Argument<string> id = ChangeArgument.Create();
        Option<string?> comment = new("--comment") { Description = "Why; everybody who looks at the change sees it", HelpName = "text", Required = decision == VoteDecision.Reject };
        Option<string?> plan = new("--plan") { Description = "The hash of the plan that you saw, or its beginning; the one that is shown, if this does not say", HelpName = "hash" };
        Option<string?> role = new("--role") { Description = "The role to vote in; the first open one that you have, if this does not say", HelpName = "role" };
        Command command = decision == VoteDecision.Approve
            ? new Command("approve", "Say yes to a change's plan")
            : new Command("reject", "Say no to a change's plan; one no is enough");
        command.Add(id);
        command.Add(comment);
        command.Add(plan);
        command.Add(role);
        command.Add(ActorOption.Option);
        command.SetAction((parsed, cancellationToken) =>
        {
            Vote vote = new(parsed.GetValue(plan) ?? "", decision, ActorOption.Read(parsed), parsed.GetValue(comment), parsed.GetValue(role));
            return RunAsync(parsed.GetRequiredValue(id), vote, parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string id, Vote vote, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        ChangeReader reader = new(server, await ChangeFinder.FindAsync(server, id, cancellationToken));
        ChangeStatus change = (await reader.ReadAsync(cancellationToken)).Change;
        if (change is not { State: ChangeState.AwaitingApproval, ApprovalWorkflowId: { } approval, Plan: { } plan, PlanHash: { } hash })
        {
            throw NotWaiting(change);
        }

        if (format == OutputFormat.Table)
        {
            terminal.Print(PlanSheet.Of(change, plan));
            terminal.PrintLine("");
        }

        // What was meant by a beginning of the shown hash is that hash; anything else goes out as it is, and is refused there.
        bool isShown = vote.PlanHash.Length is 0 or >= ShortestBeginning && hash.StartsWith(vote.PlanHash, StringComparison.Ordinal);
        Vote bound = isShown ? vote with { PlanHash = hash } : vote;
        try
        {
            // The id makes a double click one vote.
            string updateId = $"{Actor.Subject(bound.Actor)}/{bound.PlanHash}/{bound.Decision}";
            ApprovalStatus counted = await UpdateCall.SendAsync<ApprovalStatus>(server, approval, ChangeNames.VoteUpdate, bound, updateId, cancellationToken);
            terminal.Print(format, counted, status => new Sheet().Line($"Your vote counts. {status.Sentence}"));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw NotWaiting((await reader.ReadAsync(cancellationToken)).Change);
        }
    }

    private static SopException NotWaiting(ChangeStatus change) => new(
        ExitCode.Blocked, $"{VoteRefusals.NotWaiting}: No vote is waited for on {change.ChangeId}; it is {change.State}: {change.Approval?.Sentence ?? change.Sentence}");
}
