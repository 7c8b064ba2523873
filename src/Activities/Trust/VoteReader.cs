using Microsoft.Extensions.Options;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Activities.Trust;

/// <summary>
/// Whether the plan of an act was voted for: the votes are counted again from the histories of the run's approvals, under the policy of
/// this worker, whatever the run was told or says.
/// </summary>
internal sealed class VoteReader(IOptions<InventoryOptions> options)
{
    private readonly BoundedCache<(string RunId, string What), object> _granted = new();

    /// <summary>Why the act is refused, in one sentence; null where its plan was approved.</summary>
    /// <param name="context">The call.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="warrant">What the act shows; it belongs to a plan.</param>
    /// <param name="run">The run that calls.</param>
    /// <exception cref="Temporalio.Exceptions.RpcException">Temporal does not answer.</exception>
    public async Task<string?> RefuseAsync(ActivityExecutionContext context, string activity, Warrant warrant, KnownRun run)
    {
        string hash = warrant.PlanHash()!;
        bool isCommit = warrant.Item.Action == PlanAction.Commit;
        string leaf = Convert.ToHexStringLower(PlanTree.LeafOf(warrant.Item));
        string what = $"{hash} {(isCommit ? warrant.Item.Step : "")} {(warrant.Undoes ? leaf : "")}";
        if (_granted.TryGet((run.Run.RunId, what), out _))
        {
            return null;
        }

        ChangePolicy policy = PolicyReading.Of(options.Value);
        IReadOnlyList<ApprovalRequirement> asks = policy.Of(run.Tier!.Value).Approvals;
        RunRecord record = await RunRecord.ReadAsync(context, run);
        if (warrant.Undoes && !record.HasBegun(activity, leaf, warrant.Item.Step))
        {
            return $"This run has not carried out step {warrant.Item.Step}; there is nothing to undo.";
        }

        if (asks.Count > 0 && await RefuseVotesAsync(context, record, run, policy, asks, hash, null) is { } no)
        {
            return no;
        }

        if (asks.Count > 0 && isCommit && await RefuseVotesAsync(context, record, run, policy, asks, hash, warrant.Item.Step) is { } again)
        {
            return again;
        }

        _granted.Add((run.Run.RunId, what), this);
        return null;
    }

    private static async Task<string?> RefuseVotesAsync(
        ActivityExecutionContext context,
        RunRecord record,
        KnownRun run,
        ChangePolicy policy,
        IReadOnlyList<ApprovalRequirement> asks,
        string hash,
        string? step)
    {
        string what = step is null ? $"Plan {hash[..12]}" : $"The point of no return {step} of plan {hash[..12]}";
        foreach ((string workflowId, string runId) in record.Approvals)
        {
            if (await ApprovalRecord.ReadAsync(context, workflowId, runId, run) is { } approval && approval.Step == step)
            {
                // The newest counts: whoever asks again has given up what was granted before.
                ApprovalStatus counted = approval.Count(hash, asks, policy, run);
                return counted.Decision == ApprovalDecision.Granted
                    ? null
                    : $"{what} was not approved as this worker's policy requires: {counted.Sentence}";
            }
        }

        return $"{what} was never put to a vote; {ApprovalRequirement.Text(asks)} must approve it.";
    }
}
