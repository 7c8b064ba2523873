namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>What a plan's hash covers beside its items.</summary>
/// <param name="Procedure">Workflow type of the procedure.</param>
/// <param name="Contract">Major version of the planner.</param>
/// <param name="ClusterUid">UID of the namespace <c>kube-system</c> of the cluster that is changed.</param>
/// <param name="InputsDigest">SHA-256 over the inputs that decide what is done.</param>
/// <param name="FactsDigest">SHA-256 over the exact facts that the plan rests on.</param>
public sealed record PlanHeader(string Procedure, int Contract, string ClusterUid, string InputsDigest, string FactsDigest)
{
    /// <summary>The header of a plan.</summary>
    public static PlanHeader Of(Plan plan) => new(
        plan.Procedure,
        plan.Contract,
        plan.ClusterUid,
        plan.InputsDigest,
        PlanHash.Sha256(CanonicalJson.Serialize(plan.Observed.Where(fact => fact.Tolerance == FactTolerance.Exact))));

    /// <summary>The hash of the plan with this header and the tree of items under <paramref name="root"/>: 64 characters.</summary>
    public string HashWith(byte[] root) => PlanHash.Sha256(CanonicalJson.Serialize(new
    {
        procedure = Procedure,
        contract = Contract,
        clusterUid = ClusterUid,
        inputsDigest = InputsDigest,
        factsDigest = FactsDigest,
        root = Convert.ToHexStringLower(root),
    }));
}
