using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>Reads what a change is aimed at.</summary>
public interface ITargetActivities
{
    /// <summary>
    /// Finds the target in the inventory, checks that it answers, and returns the policy that holds for it, so that every later decision
    /// rests on what history records. What it cannot find or reach is a refusal in the answer, not an error.
    /// </summary>
    [Activity("ResolveTarget")]
    [Reads]
    Task<ResolvedTarget> ResolveTargetAsync(ResolveTargetInput input);

    /// <summary>The policy of this installation.</summary>
    [Activity("ReadPolicy")]
    [Reads]
    Task<ChangePolicy> ReadPolicyAsync();
}
