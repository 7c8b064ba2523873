using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Which critical alerts fire.</summary>
/// <param name="Critical">
/// The newest <see cref="MaximumListed"/> alerts, by name and place; empty where they could not be read.
/// </param>
/// <param name="Unread">Why they could not be read; null where they were.</param>
public sealed record AlertReading(IReadOnlyList<CriticalAlert> Critical, string? Unread = null)
{
    /// <summary>How many alerts a reading lists at most: 50, some 20 KB of history.</summary>
    public const int MaximumListed = 50;

    /// <summary>How many fire in all; null where <see cref="Critical"/> lists all of them.</summary>
    public int? Total { get; init; }

    /// <summary>How many fire beside those that are listed.</summary>
    [JsonIgnore]
    public int Unlisted => Math.Max(0, (Total ?? 0) - Critical.Count);
}
