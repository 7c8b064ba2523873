using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>
/// The input of an activity that changes a target: it runs only for an act of an approved plan, under the lock of the run.
/// </summary>
public interface IWarrantedAct
{
    /// <summary>The cluster and namespace.</summary>
    ChangeTarget Target { get; }

    /// <summary>The fencing tokens of the run, the most specific guard last.</summary>
    IReadOnlyList<Fence>? Fences { get; }

    /// <summary>What proves that the plan has this act.</summary>
    Warrant? Warrant { get; }

    /// <summary>What the activity does with this input, in the words of a plan.</summary>
    PlannedAct Act();
}
