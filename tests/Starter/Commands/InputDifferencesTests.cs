using System.Text.Json.Nodes;
using Orchestrator.Starter.Commands;

namespace Orchestrator.Starter.Tests.Commands;

public sealed class InputDifferencesTests
{
    private const string Earlier =
        """
        {"Name":"kafka","Cooldown":"PT30S","Change":{"RequestId":"r","Reason":"monthly restart","Ticket":null},
         "Topics":["a","b"],"Limits":{"PodCap":"PT2H"}}
        """;

    [Fact]
    public void Inputs_ThatAreTheSame_DifferInNothing() => Assert.Empty(Between(Earlier, Earlier));

    [Fact]
    public void Inputs_ThatDiffer_AreToldFieldByField() => Assert.Equal(
        [
            "cooldown was \"PT30S\" and is now \"PT1M\".",
            "change.reason was \"monthly restart\" and is now \"another reason\".",
            "change.ticket was (not given) and is now \"OPS-1\".",
            "topics was [\"a\",\"b\"] and is now [\"a\"].",
            "limits.pod-cap was \"PT2H\" and is now (not given).",
        ],
        Between(
            Earlier,
            """
            {"Name":"kafka","Cooldown":"PT1M","Change":{"RequestId":"other","Reason":"another reason","Ticket":"OPS-1"},
             "Topics":["a"],"Limits":{}}
            """));

    [Theory]
    [InlineData("null", "\"abc\"", 0)]
    [InlineData("\"abc\"", "null", 0)]
    [InlineData("\"abc\"", "\"abd\"", 1)]
    public void BindingToAPlan_IsADifferenceOnlyWhereBothHaveOne(string earlier, string now, int differences) =>
        Assert.Equal(
            differences,
            Between(
                $$$"""{"Change":{"ExpectedPlanHash":{{{earlier}}}}}""",
                $$$"""{"Change":{"ExpectedPlanHash":{{{now}}}}}""").Count);

    private static IReadOnlyList<string> Between(string earlier, string now) =>
        InputDifferences.Between(JsonNode.Parse(earlier)!.AsObject(), JsonNode.Parse(now)!.AsObject());
}
