using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>A client that workers shall go on with.</summary>
/// <param name="workerClient">The client.</param>
public class TemporalWorkerClientUpdatedEventArgs(IWorkerClient workerClient) : EventArgs
{
    /// <summary>The client.</summary>
    public IWorkerClient WorkerClient { get; } = workerClient;
}
