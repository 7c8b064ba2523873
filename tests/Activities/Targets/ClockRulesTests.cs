using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Tests.Targets;

/// <summary>Clocks may differ by what the question took and by five seconds.</summary>
public sealed class ClockRulesTests
{
    private static readonly DateTimeOffset Asked = new(2026, 11, 21, 12, 0, 10, TimeSpan.Zero);

    [Theory]
    [InlineData(10, null)]
    [InlineData(17, null)]
    [InlineData(4, null)]
    [InlineData(
        18,
        "The clock of the API server of cluster lab is 6 s ahead of the worker's: 2026-11-21 12:00:18Z and 2026-11-21 12:00:12Z.")]
    [InlineData(3, "The clock of the API server of cluster lab is 6 s behind the worker's: 2026-11-21 12:00:03Z and 2026-11-21 12:00:12Z.")]
    public void Clocks_FurtherApartThanFiveSeconds_AreRefused(int second, string? sentence)
    {
        Refusal? refusal = ClockRules.Refuse(
            "API server of cluster lab", Asked, Asked.AddSeconds(2), new(2026, 11, 21, 12, 0, second, TimeSpan.Zero));

        Assert.Equal((sentence is null ? null : ReasonCodes.ClockSkew, sentence), (refusal?.Code, refusal?.Sentence));
    }

    [Fact]
    public void Clock_ThatIsNotTold_IsUnknownAndBlocks() =>
        Assert.True(ClockRules.Refuse("API server of cluster lab", Asked, Asked, null)!.Blocks);
}
