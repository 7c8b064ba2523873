using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>What acts prove themselves with.</content>
public sealed partial class ChangeRun
{
    private (Plan Plan, PlanTree Tree)? _tree;

    /// <summary>What an activity that writes carries, to prove that the approved plan has the act.</summary>
    /// <param name="step">The step of the plan, or of what the plan lists as contingent.</param>
    /// <param name="name">The name of the object, where the step has several.</param>
    /// <param name="undoes">Whether the act puts back what the step did.</param>
    /// <exception cref="ApplicationFailureException">The plan has no such act.</exception>
    public Warrant Warrant(string step, string? name = null, bool undoes = false) =>
        Tree().Warrant(step, name) is { } warrant
            ? warrant with { Undoes = undoes }
            : throw new ApplicationFailureException(
                $"The plan has no step {step}{(name is null ? "" : $" on {name}")}, so it is not carried out.",
                errorType: ReasonCodes.ActNotAllowed,
                nonRetryable: true);

    private PlanTree Tree()
    {
        Plan plan = _progress.Approved ?? _progress.Plan!;
        if (_tree is not { } known || !ReferenceEquals(known.Plan, plan))
        {
            _tree = known = (plan, new PlanTree(plan));
        }

        return known.Tree;
    }
}
