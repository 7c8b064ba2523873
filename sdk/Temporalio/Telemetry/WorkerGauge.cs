namespace Temporalio.Telemetry;

/// <summary>What a worker can tell of itself at any time.</summary>
internal enum WorkerGauge
{
    /// <summary>Pollers, by kind of task.</summary>
    Pollers,

    /// <summary>Free slots, by kind of task.</summary>
    SlotsAvailable,

    /// <summary>Taken slots, by kind of task.</summary>
    SlotsUsed,

    /// <summary>Runs in memory.</summary>
    CachedRuns,
}
