using System.Text.Json;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>An activity of ours that a rogue workflow calls.</summary>
/// <param name="Activity">Its type.</param>
/// <param name="Input">Its input.</param>
public sealed record RogueCall(string Activity, JsonElement Input)
{
    /// <summary>A call with the input that the activity takes.</summary>
    public static RogueCall Of<T>(string activity, T input) => new(activity, JsonSerializer.SerializeToElement(input));
}
