using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>A warrant belongs to the plan that was voted on, however big that is.</summary>
public sealed class PlanTreeTests
{
    private const int MostBytes = 16 * 1024;

    private static readonly PlanItem Hold = SamplePlan.Trigger with { Seq = 0, Step = "hold" };
    private static readonly Plan Plan = SamplePlan.Plan with { Contingent = [Hold] };

    [Fact]
    public void Warrant_OfEachItem_LeadsToTheHashOfThePlan()
    {
        PlanTree tree = new(Plan);

        Assert.Equal(PlanHash.Of(Plan), tree.Hash);
        Assert.All(
            (string[])[SamplePlan.Trigger.Step, SamplePlan.Restart.Step, Hold.Step],
            step => Assert.Equal(PlanHash.Of(Plan), tree.Warrant(step)!.PlanHash()));
        Assert.Equal(Hold, tree.Warrant("hold")!.Item);
    }

    [Fact]
    public void Warrant_OfAStepWithSeveralObjects_IsTheOneThatIsNamed()
    {
        PlanTree tree = new(Plan with
        {
            Items =
            [
                SamplePlan.Trigger, SamplePlan.Restart,
                SamplePlan.Restart with { Seq = 3, Object = SamplePlan.Restart.Object with { Name = "kafka-1" } },
            ],
        });

        Assert.Equal(3, tree.Warrant(SamplePlan.Restart.Step, "kafka-1")!.Item.Seq);
        Assert.Null(tree.Warrant(SamplePlan.Restart.Step, "kafka-9"));
        Assert.Null(tree.Warrant("other"));
    }

    /// <summary>What somebody could put into a warrant, to make it one for something else.</summary>
    public static TheoryData<string, Warrant> Forged
    {
        get
        {
            Warrant warrant = new PlanTree(Plan).Warrant(SamplePlan.Trigger.Step)!;
            return new()
            {
                { "item", warrant with { Item = warrant.Item with { Action = PlanAction.Delete } } },
                { "place", warrant with { Index = 1 } },
                { "number of items", warrant with { Count = 5 } },
                { "path", warrant with { Path = [.. warrant.Path.Reverse()] } },
                { "no path", warrant with { Path = [] } },
                { "path that is no hash", warrant with { Path = [.. warrant.Path.Select(_ => "zz")] } },
                { "path without end", warrant with { Path = [.. Enumerable.Repeat(warrant.Path[0], 1000)] } },
                { "cluster", warrant with { Header = warrant.Header with { ClusterUid = "other" } } },
                { "procedure", warrant with { Header = warrant.Header with { Procedure = "Other" } } },
                { "facts", warrant with { Header = warrant.Header with { FactsDigest = "other" } } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Forged))]
    public void Warrant_Forged_DoesNotLeadToTheHashOfThePlan(string what, Warrant forged) =>
        Assert.True(forged.PlanHash() != PlanHash.Of(Plan), what);

    /// <summary>300 brokers with 5,000 acts each stay far from what Temporal takes for one payload, whichever of the acts it is.</summary>
    [Fact]
    public void Warrant_OfAHugePlan_IsUnder16KiB()
    {
        PlanItem[] items =
        [
            .. Enumerable.Range(1, 5000).Select(seq => SamplePlan.Trigger with
            {
                Seq = seq,
                Step = $"step-{seq}",
                Object = SamplePlan.Trigger.Object with { Name = $"broker-{seq % 300}" },
                Changes =
                [
                    .. Enumerable.Range(0, 10).Select(field =>
                        new FieldChange($"spec.field{field}", "before", "after", "because") { Pointer = $"/spec/field{field}" }),
                ],
            }),
        ];
        PlanTree tree = new(Plan with { Items = items });

        Assert.All((int[])[1, 2500, 5000], seq =>
        {
            Warrant warrant = tree.Warrant($"step-{seq}")!;
            Assert.Equal(tree.Hash, warrant.PlanHash());
            Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(warrant).Length, 1, MostBytes);
        });
    }
}
