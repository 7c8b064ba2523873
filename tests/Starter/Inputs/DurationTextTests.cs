using Orchestrator.Starter.Inputs;

namespace Orchestrator.Starter.Tests.Inputs;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("90s", "00:01:30")]
    [InlineData("15m", "00:15:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("500ms", "00:00:00.5000000")]
    [InlineData("0s", "00:00:00")]
    [InlineData("PT15M", "00:15:00")]
    [InlineData("P1DT1S", "1.00:00:01")]
    public void Duration_InUnitsOrIso8601_IsRead(string text, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected), DurationText.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("-90s")]
    [InlineData("-PT1M")]
    [InlineData("15 m")]
    [InlineData("m15")]
    [InlineData("30m1h")]
    [InlineData("00:15:00")]
    [InlineData("P")]
    [InlineData("P15M")]
    [InlineData("99999999999999d")]
    public void Duration_WithoutUnitsOrOutOfOrder_IsNone(string text) => Assert.Null(DurationText.Read(text));

    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:12:00", "12m")]
    [InlineData("1.02:03:04", "1d 2h 3m 4s")]
    [InlineData("00:00:00.2500000", "250ms")]
    public void Duration_Written_NamesItsUnits(string duration, string expected) =>
        Assert.Equal(expected, DurationText.Write(TimeSpan.Parse(duration)));
}
