namespace Orchestrator.Worker.Health;

/// <summary>How the worker is. Thread-safe.</summary>
internal sealed class WorkerHealth
{
    private volatile string? _notReady = "has not reached Temporal yet";

    /// <summary>Why it takes no work; null where it does.</summary>
    public string? NotReady => _notReady;

    /// <summary>Says that it takes work.</summary>
    public void SetReady() => _notReady = null;

    /// <summary>Says that it takes no work.</summary>
    public void SetNotReady(string reason) => _notReady = reason;
}
