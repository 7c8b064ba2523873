using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>The result of an eviction.</summary>
public enum EvictionOutcome
{
    /// <summary>The pod is ending.</summary>
    Evicted,

    /// <summary>The pod is not there, or another one has its name.</summary>
    AlreadyGone,

    /// <summary>A disruption budget says no for now.</summary>
    Refused,
}

/// <summary>What came of an eviction, and why.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Refusal">The server's sentence, with the budget and its numbers; null unless refused.</param>
/// <param name="RetryAfter">How long the server asks to wait; null when it does not say, which is usual.</param>
public sealed record EvictionResult(EvictionOutcome Outcome, string? Refusal, TimeSpan? RetryAfter)
{
    internal static EvictionResult Evicted { get; } = new(EvictionOutcome.Evicted, null, null);

    internal static EvictionResult AlreadyGone { get; } = new(EvictionOutcome.AlreadyGone, null, null);

    internal static EvictionResult Refused(ApiException error)
    {
        JsonArray causes = error.Status?["details"]?["causes"] as JsonArray ?? [];
        IEnumerable<string?> sentences = causes.Select(cause => (string?)cause?["message"]).Prepend((string?)error.Status?["message"]);
        return new EvictionResult(EvictionOutcome.Refused, string.Join(" ", sentences.OfType<string>()), error.RetryAfter);
    }
}
