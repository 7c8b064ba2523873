using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Loop;

/// <summary>Keeps the clock of a box from moving while somebody in this process has not read what was written.</summary>
internal sealed class UnreadEvents : IClockHolder, IDisposable
{
    private readonly ObjectStore _store;
    private readonly Timekeeper _keeper;

    public UnreadEvents(ObjectStore store, Timekeeper keeper)
    {
        (_store, _keeper) = (store, keeper);
        keeper.Add(this);
    }

    /// <inheritdoc/>
    public bool IsBusy => _store.Unread.Count > 0;

    /// <inheritdoc/>
    public IEnumerable<string> Holders() => _store.Unread.Select(name => $"{name} have changes to read");

    /// <inheritdoc/>
    public void Dispose() => _keeper.Remove(this);
}
