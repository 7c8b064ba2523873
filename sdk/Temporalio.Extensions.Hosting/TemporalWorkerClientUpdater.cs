using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>
/// Hands running workers another client, as when a certificate was renewed. Set it as
/// <see cref="TemporalWorkerServiceOptions.WorkerClientUpdater"/> of each worker that it is for.
/// </summary>
public class TemporalWorkerClientUpdater
{
    /// <summary>Raised with each new client.</summary>
    public event EventHandler<TemporalWorkerClientUpdatedEventArgs>? TemporalWorkerClientUpdated;

    /// <summary>Gives all subscribed workers another client; calls that are under way end on the one they began with.</summary>
    /// <param name="client">The client, of the same namespace.</param>
    public void UpdateTemporalWorkerClient(IWorkerClient client) => TemporalWorkerClientUpdated?.Invoke(this, new(client));
}
