using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>What approvers read when the world moved under an approved plan.</summary>
public sealed class PlanComparisonTests
{
    private const string Item =
        "Item 1, Update kafkas.platform.confluent.io confluent/kafka with UID uid-1 in step trigger-brokers-roll (undo: None)";

    private static readonly Plan Approved = SamplePlan.Plan;

    /// <summary>A plan made again, and what is said of it.</summary>
    public static TheoryData<Plan, string[]> Rows => new()
    {
        { Approved, [] },
        { Approved with { Warnings = [], Observed = [SamplePlan.Generation] }, [] },
        { Approved with { ClusterUid = "other" }, ["It is a different cluster: the UID was cluster-uid and is now other."] },
        { WithGeneration("5"), ["kafkas.platform.confluent.io confluent/kafka metadata.generation was 4 and is now 5."] },
        { Approved with { Observed = [SamplePlan.Topics] },
            ["kafkas.platform.confluent.io confluent/kafka metadata.generation was 4 and is gone."] },
        { Approved with { Observed = [.. Approved.Observed, new("revision", "r1", FactTolerance.Exact)] }, ["revision is new: r1."] },
        { Approved with { Items = [SamplePlan.Trigger] }, ["The plan had 2 items and now has 1."] },
        { WithTrigger(SamplePlan.Trigger with { Changes = [new("spec.x", null, "new", "rolls the pods")] }),
            [$"{Item}: spec.x was old → new and is now (absent) → new."] },
        {
            WithTrigger(SamplePlan.Trigger with { Changes = [new("spec.y", "1", null, "no more")] }),
            [$"{Item}: spec.x was old → new and is now not to change.", $"{Item}: spec.y was not to change and is now 1 → (absent)."]
        },
        { WithTrigger(SamplePlan.Trigger with { Changes = [new("spec.x", "old", "new", "for another reason")] }),
            [$"{Item}, is no longer the same."] },
        {
            WithTrigger(SamplePlan.Trigger with { Object = SamplePlan.Trigger.Object with { Uid = "uid-2" } }),
            [
                "Item 1 was Update kafkas.platform.confluent.io confluent/kafka with UID uid-1 in step trigger-brokers-roll (undo: None)"
                    + " and is now Update kafkas.platform.confluent.io confluent/kafka with UID uid-2 in step trigger-brokers-roll (undo: "
                        + "None).",
            ]
        },
        { Approved with { InputsDigest = "other" }, ["The procedure or its inputs differ from those of the approved plan."] },
        {
            WithGeneration("5") with { Items = [SamplePlan.Trigger] },
            ["kafkas.platform.confluent.io confluent/kafka metadata.generation was 4 and is now 5.", "The plan had 2 items and now has 1."]
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void PlanComparison_PlanMadeAgain_SaysWhatMovedAndBothValues(Plan now, string[] differences) =>
        Assert.Equal(differences, PlanComparison.Differences(Approved, now));

    private static Plan WithGeneration(string value) => Approved with
    {
        Observed = [SamplePlan.Generation with { Value = value }, SamplePlan.Topics],
    };

    private static Plan WithTrigger(PlanItem item) => Approved with { Items = [item, SamplePlan.Restart] };
}
