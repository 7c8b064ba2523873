namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>The result of reading the clusters: either a refusal, or what is to be changed.</summary>
/// <param name="Refusals">Why not, and what to be warned of.</param>
/// <param name="Items">What is to be changed, in order; empty where everything already is as wanted.</param>
/// <param name="Observed">The facts that this rests on.</param>
/// <param name="Estimate">How long it takes.</param>
public sealed record PlanDraft(
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<PlanItem> Items,
    IReadOnlyList<ObservedFact> Observed,
    PlanEstimate Estimate)
{
    /// <summary>Acts that the run may need and that approvers allow with the plan.</summary>
    public IReadOnlyList<PlanItem> Contingent { get; init; } = [];

    /// <summary>The id of the Kafka cluster that is changed, which is locked with it; null where none is.</summary>
    public string? KafkaClusterId { get; init; }

    /// <summary>What may feel it.</summary>
    public BlastRadius BlastRadius { get; init; } = BlastRadius.None;

    /// <summary>Whether any answer blocks.</summary>
    public bool Blocks => Refusals.Any(refusal => refusal.Blocks);

    /// <summary>A look that ends in a no.</summary>
    public static PlanDraft Refused(IReadOnlyList<Refusal> refusals) =>
        new(refusals, [], [], new PlanEstimate(TimeSpan.Zero, TimeSpan.Zero));
}
