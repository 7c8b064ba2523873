using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>What came of an eviction, and why.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Refusal">The server's sentence, with the budget and its numbers; null unless refused.</param>
/// <param name="RetryAfter">How long the server asks to wait; null when it does not say, which is usual.</param>
public sealed record EvictionResult(EvictionOutcome Outcome, string? Refusal, TimeSpan? RetryAfter)
{
    internal static EvictionResult Evicted { get; } = new(EvictionOutcome.Evicted, null, null);

    internal static EvictionResult AlreadyGone { get; } = new(EvictionOutcome.AlreadyGone, null, null);

    internal static EvictionResult Refused(KubernetesException error)
    {
        JsonArray causes = error.Status?["details"]?["causes"] as JsonArray ?? [];
        IEnumerable<string?> sentences = causes.Select(cause => cause?["message"]?.GetValue<string>()).Prepend(error.Status?["message"]?.GetValue<string>());
        return new EvictionResult(EvictionOutcome.Refused, string.Join(" ", sentences.OfType<string>()), error.RetryAfter);
    }
}
