using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>How long a roll may take, and what "steady" means.</summary>
public sealed record RollLimits
{
    /// <summary>Without progress for this long, a pod counts as stalled. Default: 15 minutes.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A pod that is not Ready again after this long fails the roll, progress or not. Default: 2 hours.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan PodCap { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Replicas that are not in sync again after this long fail the roll. Default: 6 hours.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan SyncCap { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The operator must begin within this time. Default: 5 minutes.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan PickUpWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A danger to the cluster that lasts this long stops the roll. Default: 60 seconds.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan BreachAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the cluster is read. Default: 10 seconds.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>So many healthy readings in a row count as steady. Default: 3.</summary>
    public int SteadySamples { get; init; } = 3;

    /// <summary>The time between two of those readings. Default: 20 seconds.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan SteadyEvery { get; init; } = TimeSpan.FromSeconds(20);
}
