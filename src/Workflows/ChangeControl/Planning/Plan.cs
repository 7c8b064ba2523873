namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>What a run is going to change, in order, and the facts that this rests on.</summary>
/// <param name="Procedure">Workflow type of the procedure.</param>
/// <param name="Contract">Major version of the planner; a plan of another contract is another plan.</param>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="ClusterUid">UID of the namespace <c>kube-system</c>: the cluster itself, whatever its name.</param>
/// <param name="InputsDigest">SHA-256 over the inputs that decide what is done.</param>
/// <param name="Items">The changes in the order in which they are made.</param>
/// <param name="Observed">The facts that the plan rests on.</param>
/// <param name="Estimate">How long doing and undoing take.</param>
/// <param name="Warnings">What approvers should know before they vote.</param>
public sealed record Plan(
    string Procedure,
    int Contract,
    ChangeTarget Target,
    string ClusterUid,
    string InputsDigest,
    IReadOnlyList<PlanItem> Items,
    IReadOnlyList<ObservedFact> Observed,
    PlanEstimate Estimate,
    IReadOnlyList<Refusal> Warnings)
{
    /// <summary>
    /// Acts that the run may need and that approvers allow with the plan, such as holding an operator whose roll stands still. Their
    /// <see cref="PlanItem.Seq"/> is 0: they have no place in the order.
    /// </summary>
    public IReadOnlyList<PlanItem> Contingent { get; init; } = [];

    /// <summary>What may feel it.</summary>
    public BlastRadius BlastRadius { get; init; } = BlastRadius.None;

    /// <summary>The steps after which there is no way back, in order.</summary>
    public IReadOnlyList<string> PointsOfNoReturn => [.. Items.Where(item => item.Action == PlanAction.Commit).Select(item => item.Step)];
}
