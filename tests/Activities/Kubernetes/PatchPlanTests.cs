using System.Text.Json.Nodes;
using Orchestrator.Activities.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Tests.Kubernetes;

/// <summary>Whose a field is decides who may take it back.</summary>
public sealed class PatchPlanTests
{
    private const string Hold = "/metadata/annotations/hold";
    private const string Owner = "/metadata/annotations/owner";

    [Theory]
    [InlineData(null)]
    [InlineData("CHG-OLD")]
    public void Set_NothingSetYet_LeavesTheMarkWhateverIsLeftOfAnEarlierOne(string? left) => Assert.Equal(
        [new(Hold, null, "true"), new(Owner, left, "CHG-1")], Open(null, left, takesBack: false));

    [Fact]
    public void Set_ByThisOwnerAlready_IsDone() => Assert.Empty(Open("true", "CHG-1", takesBack: false));

    [Theory]
    [InlineData(null)]
    [InlineData("CHG-OTHER")]
    public void SetOrTakeBack_SetByAnother_IsRefused(string? owner) => Assert.All(
        new[] { true, false },
        takesBack =>
        {
            ApplicationFailureException refused = Assert.Throws<ApplicationFailureException>(() => Open("true", owner, takesBack));
            Assert.Equal((ReasonCodes.PlanChanged, true), (refused.ErrorType, refused.NonRetryable));
            Assert.EndsWith(
                $"but it was not made by CHG-1: {Owner} is {(owner is null ? "absent" : $"'{owner}'")}.",
                refused.Message,
                StringComparison.Ordinal);
        });

    [Fact]
    public void TakeBack_SetByThisOwner_RemovesBoth() => Assert.Equal(
        [new(Hold, "true", null), new(Owner, "CHG-1", null)], Open("true", "CHG-1", takesBack: true));

    [Fact]
    public void TakeBack_SomebodyDidAlready_IsDone() => Assert.Empty(Open(null, null, takesBack: true));

    private static IReadOnlyList<PointerChange> Open(string? hold, string? owner, bool takesBack)
    {
        JsonObject annotations = [];
        if (hold is not null)
        {
            annotations["hold"] = hold;
        }

        if (owner is not null)
        {
            annotations["owner"] = owner;
        }

        JsonObject obj = new() { ["metadata"] = new JsonObject { ["name"] = "kafka", ["annotations"] = annotations } };
        PointerChange change = takesBack ? new(Hold, "true", null) : new(Hold, null, "true");
        return PatchPlan.Open(
            obj,
            new(new("lab"), new("platform.confluent.io", "v1beta1", "kafkas", "x", "kafka", null), [change])
            {
                Mark = new(Owner, "CHG-1", takesBack),
            });
    }
}
