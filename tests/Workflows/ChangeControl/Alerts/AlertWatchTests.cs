using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Alerts;

/// <summary>Which alerts began while a change ran, also where more fire than a reading lists.</summary>
public sealed class AlertWatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly AlertWatch Begun = new(BlastRadius.None);

    [Fact]
    public void Storm_BeforeTheChange_IsKnownAlsoWhereItWasNotListed()
    {
        // 20,000 fire, the newest 50 are listed; then the newest end, and older ones are listed in their place.
        AlertWatch watch = Begun.Seen(Reading(19_950, 20_000, total: 20_000));

        Assert.Null(watch.Against(Reading(10_000, 10_050, total: 10_050)));
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(watch).Length < 4096);
    }

    [Fact]
    public void Alert_ThatBeginsInAStorm_IsTold()
    {
        AlertWatch watch = Begun.Seen(Reading(19_950, 20_000, total: 20_000));

        Assert.Equal(
            "1 critical alert started during the change: A-20000 of confluent, since 2026-11-21 17:33:20Z.",
            watch.Against(Reading(19_951, 20_001, total: 20_001)));
    }

    [Fact]
    public void Storm_WhileTheChangeRuns_NamesTenAndSaysThatThereMayBeMore()
    {
        string against = Begun.Seen(new AlertReading([])).Against(Reading(0, 50, total: 300))!;

        Assert.StartsWith("At least 50 critical alerts started during the change: A-0 of confluent, ", against, StringComparison.Ordinal);
        Assert.EndsWith("A-9 of confluent, since 2026-11-21 12:00:09Z; and 40 more.", against, StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_ThatCouldNotBeRead_AreToldUntilAPersonHasSeenIt()
    {
        AlertReading unread = new([], "refused.");

        Assert.Equal("Could not read whether critical alerts are firing: refused.", Begun.Against(unread));
        Assert.Null(Begun.Seen(unread).Against(unread));
        Assert.NotNull(Begun.Seen(unread).Seen(new AlertReading([])).Against(unread));
    }

    private static AlertReading Reading(int first, int end, int total) => new(
        [.. Enumerable.Range(first, end - first)
            .Select(i => new CriticalAlert($"{i:x16}", $"A-{i}", "confluent", Noon.AddSeconds(i), null))])
    {
        Total = total,
    };
}
