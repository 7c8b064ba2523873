namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>How far a roll has come: all that a watcher needs to go on.</summary>
public sealed record RollProgress
{
    /// <summary>The generation that the trigger gave the resource.</summary>
    public required long TriggerGeneration { get; init; }

    /// <summary>The StatefulSet's update revision before the trigger.</summary>
    public required string BaselineRevision { get; init; }

    /// <summary>The pods, in the order in which the operator takes them: highest ordinal first.</summary>
    public required IReadOnlyList<PodRoll> Pods { get; init; }

    /// <summary>When the roll was triggered.</summary>
    public required DateTimeOffset TriggeredAt { get; init; }

    /// <summary>The revision that the trigger made; null before the operator took it up.</summary>
    public string? NewRevision { get; init; }

    /// <summary>When something last moved.</summary>
    public required DateTimeOffset ProgressAt { get; init; }

    /// <summary>What moves, in a form that changes with every step forward.</summary>
    public string ProgressMark { get; init; } = "";

    /// <summary>Since when a danger to the cluster lasts; null where there is none.</summary>
    public DateTimeOffset? DangerSince { get; init; }

    /// <summary>How many healthy readings in a row were made at the end.</summary>
    public int SteadySamples { get; init; }

    /// <summary>When the last of those was made.</summary>
    public DateTimeOffset? SteadyAt { get; init; }

    /// <summary>Whether the roll was reported as stalled and has not moved since.</summary>
    public bool Stalled { get; init; }

    /// <summary>What was last seen, in one sentence.</summary>
    public string Sentence { get; init; } = "";
}
