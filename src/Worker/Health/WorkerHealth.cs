namespace Orchestrator.Worker.Health;

/// <summary>Where in its life the worker is. Thread-safe.</summary>
internal sealed class WorkerHealth
{
    private volatile string? _notReady = "has not started to take work";

    /// <summary>Why it takes no work; null from the end of its start to the beginning of its stop.</summary>
    public string? NotReady => _notReady;

    public void SetReady() => _notReady = null;

    public void SetNotReady(string reason) => _notReady = reason;
}
