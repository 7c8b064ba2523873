using System.Text.Json;
using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>Durations as people write them.</summary>
public sealed class DurationJsonConverterTests
{
    [Theory]
    [InlineData("PT15M", "00:15:00")]
    [InlineData("PT30S", "00:00:30")]
    [InlineData("PT0S", "00:00:00")]
    [InlineData("PT1.5S", "00:00:01.5")]
    [InlineData("P1DT2H", "1.02:00:00")]
    [InlineData("P7D", "7.00:00:00")]
    [InlineData("-PT5M", "-00:05:00")]
    [InlineData("00:15:00", "00:15:00")]
    [InlineData("1.02:00:00", "1.02:00:00")]
    public void Duration_IsoOrDotNetForm_IsRead(string text, string value) => Assert.Equal(TimeSpan.Parse(value), Read($"\"{text}\""));

    [Theory]
    [InlineData("15")]
    [InlineData("15m")]
    [InlineData("P15M")]
    [InlineData("P1Y")]
    [InlineData("PT")]
    [InlineData("P")]
    [InlineData("")]
    [InlineData("99:99:99")]
    public void Duration_AnythingElse_IsRefusedWithTheText(string text) =>
        Assert.Contains($"'{text}' is not a valid duration such as PT15M.", Assert.Throws<JsonException>(() => Read($"\"{text}\"")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("15")]
    [InlineData("null")]
    [InlineData("true")]
    public void Duration_NoText_IsRefused(string json) => Assert.Throws<JsonException>(() => Read(json));

    [Theory]
    [InlineData("00:15:00", "PT15M")]
    [InlineData("1.02:00:00", "P1DT2H")]
    [InlineData("00:00:00", "PT0S")]
    [InlineData("00:00:00.25", "PT0.25S")]
    public void Duration_Written_IsIso(string value, string text) =>
        Assert.Equal($$"""{"Value":"{{text}}"}""", JsonSerializer.Serialize(new Holder { Value = TimeSpan.Parse(value) }));

    private static TimeSpan Read(string json) => JsonSerializer.Deserialize<Holder>($$"""{"Value":{{json}}}""")!.Value;

    private sealed record Holder
    {
        [JsonConverter(typeof(DurationJsonConverter))]
        public TimeSpan Value { get; init; }
    }
}
