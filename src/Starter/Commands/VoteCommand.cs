using System.CommandLine;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Planning;
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
        Option<string?> comment = new("--comment")
        {
            Description = "Why; shown to everybody who looks at the change",
            HelpName = "text",
            Required = decision == VoteDecision.Reject,
        };
        Option<string?> plan = new("--plan")
        {
            Description = "The hash of the plan that you saw, or at least its first 8 characters; "
                + "required in scripts; on a terminal the plan is shown and you are asked",
            HelpName = "hash",
        };
        plan.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } hash && hash.Length < ShortestBeginning)
            {
                result.AddError($"--plan '{hash}' must have at least {ShortestBeginning} characters of the hash.");
            }
        });
        Option<string?> role = new("--role")
        {
            Description = "The role to vote in (default: the first open one that you have)",
            HelpName = "role",
        };
        Command command = decision == VoteDecision.Approve
            ? new Command("approve", "Approve a change's plan")
            : new Command("reject", "Reject a change's plan; one rejection is enough");
        command.Add(id);
        command.Add(comment);
        command.Add(plan);
        command.Add(role);
        command.Add(ActorOption.Option);
        command.SetAction((parsed, cancellationToken) =>
        {
            Vote vote = new(
                parsed.GetValue(plan)?.ToLowerInvariant() ?? "",
                decision,
                ActorOption.Read(parsed),
                parsed.GetValue(comment),
                parsed.GetValue(role));
            return RunAsync(parsed.GetRequiredValue(id), vote, parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string id, Vote vote, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        ChangeReader reader = new(server, await ChangeFinder.FindAsync(server, id, cancellationToken));
        ChangeView view = await reader.ReadAsync(cancellationToken);
        if (view.Change
            is not { State: ChangeState.AwaitingApproval, ApprovalWorkflowId: { } approval, Plan: { } plan, PlanHash: { } hash } change)
        {
            throw NotWaiting(view.Change);
        }

        RequireFirst(vote, view);
        Show(change, plan, format, terminal);
        RequireSeen(vote, change, plan, hash, format, terminal);
        try
        {
            await UpdateCall.SendAsync<ApprovalStatus>(
                server,
                approval,
                ChangeNames.VoteUpdate,
                vote with { PlanHash = hash },
                UpdateId(vote, hash, view.Approval),
                cancellationToken);

            // The answer may be that of an earlier send; whether the vote counts is what the ballot says now.
            ApprovalStatus now = await StatusQuery.AskAsync<ApprovalStatus>(server, approval, cancellationToken);
            if (Of(vote, now.Votes) is null)
            {
                throw new SopException(
                    ExitCode.Blocked,
                    $"Your vote does not count: it repeats the one that you revoked. {now.Sentence} Vote again if you mean it.");
            }

            terminal.Print(format, now, status => new Sheet().Line($"Your vote counts. {status.Sentence}"));
            return ExitCode.Done;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw NotWaiting((await reader.ReadAsync(cancellationToken)).Change);
        }
    }

    /// <summary>
    /// The id that makes a vote that is sent twice one vote. A vote after a revocation is another one: it says how many came before.
    /// </summary>
    internal static string UpdateId(Vote vote, string hash, ApprovalStatus? approval)
    {
        string first = $"{Actor.Key(vote.Actor)}/{hash}/{vote.Decision}";
        int revoked = approval?.Revoked.Count(cast => IsBy(vote, cast)) ?? 0;
        return revoked == 0 ? first : $"{first}/{revoked + 1}";
    }

    private static bool IsBy(Vote vote, CastVote cast) => Actor.Same(Actor.Subject(cast.Voter), Actor.Subject(vote.Actor));

    private static CastVote? Of(Vote vote, IReadOnlyList<CastVote> votes) => votes.FirstOrDefault(cast => IsBy(vote, cast));

    private static void RequireFirst(Vote vote, ChangeView view)
    {
        if (Of(vote, view.Approval?.Votes ?? []) is { } earlier)
        {
            throw new SopException(
                ExitCode.Blocked,
                $"{VoteRefusals.VoterAlreadyVoted}: {Actor.Subject(earlier.Voter)} has already voted: "
                + $"{earlier.Decision} as {earlier.Role} at {Words.At(earlier.At)}; "
                + $"one person has one vote. To change it, revoke it first: sop revoke {view.Change.ChangeId}");
        }
    }

    private static void Show(ChangeStatus change, Plan plan, OutputFormat format, Terminal terminal)
    {
        if (format == OutputFormat.Table)
        {
            terminal.Print(PlanSheet.Of(change, plan).Line(""));
        }
    }

    // A yes is bound to a plan that somebody has seen: by its hash, or on the screen a moment ago.
    private static void RequireSeen(Vote vote, ChangeStatus change, Plan plan, string hash, OutputFormat format, Terminal terminal)
    {
        if (vote.PlanHash.Length > 0)
        {
            if (!hash.StartsWith(vote.PlanHash, StringComparison.Ordinal))
            {
                throw new SopException(
                    ExitCode.Blocked,
                    $"{VoteRefusals.PlanHashMismatch}: The vote is for plan {vote.PlanHash}, but plan {hash} is waiting for approval; "
                    + $"look at it with 'sop plan show {change.ChangeId}' and vote again.");
            }
        }
        else if (vote.Decision == VoteDecision.Approve)
        {
            if (format != OutputFormat.Table || !terminal.CanAsk)
            {
                throw new SopException(
                    ExitCode.Usage,
                    $"--plan is missing: give the hash of the plan that you approve; 'sop plan show {change.ChangeId}' shows it.");
            }

            Confirmation.Require(Question(change, plan), terminal);
        }
    }

    private static string Question(ChangeStatus change, Plan plan) =>
        $"Requested by {Actor.Subject(change.RequestedBy)}: {change.Reason ?? "(no reason)"} "
        + $"{PlanSheet.CannotBeUndone(plan)} Approve {change.ChangeId}?";

    private static SopException NotWaiting(ChangeStatus change) => new(
        ExitCode.Blocked,
        $"{VoteRefusals.NotWaiting}: {change.ChangeId} is not waiting for votes; it is {change.State}: "
        + $"{change.Approval?.Sentence ?? change.Sentence}");
}
