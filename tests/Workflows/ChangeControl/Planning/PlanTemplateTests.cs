using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>When the plan of one cluster is the same change as that of another.</summary>
public sealed class PlanTemplateTests
{
    private static readonly Plan Base = SamplePlan.Plan;

    /// <summary>The same change elsewhere.</summary>
    public static TheoryData<string, Plan> Same => new()
    {
        { "cluster", Base with { Target = new ChangeTarget("staging", "kafka"), ClusterUid = "other", InputsDigest = "other" } },
        { "facts, estimate, warnings",
            Base with { Observed = [], Estimate = new PlanEstimate(TimeSpan.Zero, TimeSpan.Zero), Warnings = [] } },
        { "name and UID of an object",
            With(SamplePlan.Trigger with { Object = SamplePlan.Trigger.Object with { Name = "kafka2", Uid = "uid-2" } }) },
        {
            "namespace of all objects",
            Base with { Items = [.. Base.Items.Select(item => item with { Object = item.Object with { Namespace = "staging" } })] }
        },
        { "value before", With(SamplePlan.Trigger with { Changes = [SamplePlan.Trigger.Changes[0] with { Before = "older" }] }) },
        { "more of the same",
            With(SamplePlan.Trigger, SamplePlan.Restart with { Seq = 3, Object = SamplePlan.Restart.Object with { Name = "kafka-1" } }) },
    };

    /// <summary>Another change.</summary>
    public static TheoryData<string, Plan> Other => new()
    {
        { "procedure", Base with { Procedure = "Other" } },
        { "contract", Base with { Contract = 2 } },
        { "order", Base with { Items = [SamplePlan.Restart, SamplePlan.Trigger] } },
        { "one kind of act less", Base with { Items = [SamplePlan.Trigger] } },
        { "again after another", With(SamplePlan.Trigger, SamplePlan.Trigger) },
        { "another namespace", With(SamplePlan.Trigger with { Object = SamplePlan.Trigger.Object with { Namespace = "second" } }) },
        { "kind", With(SamplePlan.Trigger with { Object = SamplePlan.Trigger.Object with { Kind = "pods" } }) },
        { "action", With(SamplePlan.Trigger with { Action = PlanAction.Delete }) },
        { "undo", With(SamplePlan.Trigger with { Undo = UndoKind.Exact }) },
        { "field", With(SamplePlan.Trigger with { Changes = [SamplePlan.Trigger.Changes[0] with { Field = "spec.y" }] }) },
        { "value after", With(SamplePlan.Trigger with { Changes = [SamplePlan.Trigger.Changes[0] with { After = "newer" }] }) },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void PlanTemplate_TheSameChangeElsewhere_HasTheSameHash(string what, Plan other) =>
        Assert.True(PlanTemplate.Hash(Base) == PlanTemplate.Hash(other), what);

    [Theory]
    [MemberData(nameof(Other))]
    public void PlanTemplate_AnotherChange_HasAnother(string what, Plan other) =>
        Assert.True(PlanTemplate.Hash(Base) != PlanTemplate.Hash(other), what);

    [Fact]
    public void PlanTemplate_SamplePlan_IsTheOneOfEveryVersion() =>
        Assert.Equal("02d6aa052dfeb7be4ff1bf1c2965c0e2350f3ded768f71e994874891c391f749", PlanTemplate.Hash(Base));

    // The trigger, what follows it, and the restart.
    private static Plan With(PlanItem trigger, params PlanItem[] more) => Base with { Items = [trigger, SamplePlan.Restart, .. more] };
}
