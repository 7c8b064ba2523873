using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>What an approval is bound to, and what it is not.</summary>
public sealed class PlanHashTests
{
    private static readonly Plan Base = SamplePlan.Plan;

    /// <summary>What may move without another approval.</summary>
    public static TheoryData<string, Plan> NotHashed => new()
    {
        { "estimate", Base with { Estimate = new PlanEstimate(TimeSpan.FromHours(3), TimeSpan.FromHours(1)) } },
        { "warnings", Base with { Warnings = [] } },
        { "what may feel it", Base with { BlastRadius = new BlastRadius(["node-1"], ["confluent"], []) } },
        { "a fact for information moves", Base with { Observed = [SamplePlan.Generation, SamplePlan.Topics with { Value = "13" }] } },
        { "a fact for information is gone", Base with { Observed = [SamplePlan.Generation] } },
    };

    /// <summary>What makes it another plan.</summary>
    public static TheoryData<string, Plan> Hashed => new()
    {
        { "procedure", Base with { Procedure = "Other" } },
        { "contract", Base with { Contract = 2 } },
        { "cluster", Base with { ClusterUid = "other" } },
        { "inputs", Base with { InputsDigest = "other" } },
        { "order of items", Base with { Items = [SamplePlan.Restart, SamplePlan.Trigger] } },
        { "number of items", Base with { Items = [SamplePlan.Trigger] } },
        { "place of an item", WithTrigger(SamplePlan.Trigger with { Seq = 3 }) },
        { "step of an item", WithTrigger(SamplePlan.Trigger with { Step = "other" }) },
        { "action of an item", WithTrigger(SamplePlan.Trigger with { Action = PlanAction.Delete }) },
        { "undo of an item", WithTrigger(SamplePlan.Trigger with { Undo = UndoKind.Exact }) },
        { "system of an object", WithObject(SamplePlan.Trigger.Object with { System = "kafka" }) },
        { "kind of an object", WithObject(SamplePlan.Trigger.Object with { Kind = "pods" }) },
        { "namespace of an object", WithObject(SamplePlan.Trigger.Object with { Namespace = null }) },
        { "name of an object", WithObject(SamplePlan.Trigger.Object with { Name = "kafka2" }) },
        { "object made anew", WithObject(SamplePlan.Trigger.Object with { Uid = "uid-2" }) },
        { "field", WithField(SamplePlan.Trigger.Changes[0] with { Field = "spec.y" }) },
        { "value before", WithField(SamplePlan.Trigger.Changes[0] with { Before = null }) },
        { "value after", WithField(SamplePlan.Trigger.Changes[0] with { After = "newer" }) },
        { "why", WithField(SamplePlan.Trigger.Changes[0] with { Why = "other" }) },
        { "pointer of a field", WithField(SamplePlan.Trigger.Changes[0] with { Pointer = "/spec/x" }) },
        { "contingent act", Base with { Contingent = [SamplePlan.Trigger with { Seq = 0 }] } },
        {
            "contingent act in place of an item",
            Base with { Items = [SamplePlan.Trigger], Contingent = [SamplePlan.Restart with { Seq = 0 }] }
        },
        { "exact fact moves", Base with { Observed = [SamplePlan.Generation with { Value = "5" }, SamplePlan.Topics] } },
        { "exact fact is gone", Base with { Observed = [SamplePlan.Topics] } },
        { "exact fact is new", Base with { Observed = [.. Base.Observed, new("revision", "r1", FactTolerance.Exact)] } },
    };

    [Theory]
    [MemberData(nameof(NotHashed))]
    public void PlanHash_WhatIsOnlyShownDiffers_StaysTheSame(string what, Plan other) =>
        Assert.True(PlanHash.Of(Base) == PlanHash.Of(other), what);

    [Theory]
    [MemberData(nameof(Hashed))]
    public void PlanHash_WhatIsDoneOrRestedOnDiffers_IsAnother(string what, Plan other) =>
        Assert.True(PlanHash.Of(Base) != PlanHash.Of(other), what);

    /// <summary>Votes and pipelines hold hashes: the same plan must have the same one in every version with the same contract.</summary>
    [Fact]
    public void PlanHash_SamplePlan_IsTheOneOfEveryVersion() =>
        Assert.Equal("9e5ee086cfe17bb6520f571b5bbf356723f413cedfcfbb036faddb55fb1c171b", PlanHash.Of(Base));

    [Fact]
    public void PlanHash_MadeTwiceFromTheSameFacts_IsTheSame() => Assert.Equal(
        PlanHash.Of(Base),
        PlanHash.Of(Base with { Items = [SamplePlan.Trigger with { Changes = [.. SamplePlan.Trigger.Changes] }, SamplePlan.Restart] }));

    [Fact]
    public void InputsDigest_SampleInputs_IsTheOneOfEveryVersion() =>
        Assert.Equal("0443d73a7a5daa2e3b4990ba58d36f082b14f6a33defda12f22a6cfb554e506a", Digest());

    [Fact]
    public void InputsDigest_EachInput_ChangesIt()
    {
        string[] digests =
        [
            Digest(),
            Digest(name: "other"),
            Digest(context: "prod"),
            Digest(@namespace: null),
            Digest(@class: ChangeClass.Security),
            Digest(onFailure: OnFailure.Leave),
        ];

        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    private static string Digest(
        string name = "kafka",
        string context = "lab",
        string? @namespace = "confluent",
        ChangeClass @class = ChangeClass.Feature,
        OnFailure onFailure = OnFailure.Undo) =>
        PlanHash.InputsDigest(new { Name = name }, new ChangeTarget(context, @namespace), @class, onFailure);

    private static Plan WithTrigger(PlanItem item) => Base with { Items = [item, SamplePlan.Restart] };

    private static Plan WithObject(PlanObject @object) => WithTrigger(SamplePlan.Trigger with { Object = @object });

    private static Plan WithField(FieldChange change) => WithTrigger(SamplePlan.Trigger with { Changes = [change] });
}
