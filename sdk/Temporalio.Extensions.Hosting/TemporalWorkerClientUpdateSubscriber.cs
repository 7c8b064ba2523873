using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>Keeps a worker on the client that a <see cref="TemporalWorkerClientUpdater"/> hands out, until disposed.</summary>
public sealed class TemporalWorkerClientUpdateSubscriber : IDisposable
{
    private readonly TemporalWorkerClientUpdater _updater;
    private readonly TemporalWorker _worker;

    /// <summary>Subscribes a worker.</summary>
    /// <param name="temporalWorkerClientUpdater">What hands out clients.</param>
    /// <param name="worker">The worker that takes them.</param>
    public TemporalWorkerClientUpdateSubscriber(TemporalWorkerClientUpdater temporalWorkerClientUpdater, TemporalWorker worker)
    {
        ArgumentNullException.ThrowIfNull(temporalWorkerClientUpdater);
        _updater = temporalWorkerClientUpdater;
        _worker = worker;
        _updater.TemporalWorkerClientUpdated += TakeClient;
    }

    /// <inheritdoc/>
    public void Dispose() => _updater.TemporalWorkerClientUpdated -= TakeClient;

    private void TakeClient(object? sender, TemporalWorkerClientUpdatedEventArgs e) => _worker.Client = e.WorkerClient;
}
