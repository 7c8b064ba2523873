using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>The options of a hosted worker: those of any worker, and how to reach the server.</summary>
public class TemporalWorkerServiceOptions : TemporalWorkerOptions
{
    /// <summary>Makes options without a task queue.</summary>
    public TemporalWorkerServiceOptions()
    {
    }

    /// <summary>Makes options with a task queue.</summary>
    /// <param name="taskQueue">The task queue that the worker polls.</param>
    public TemporalWorkerServiceOptions(string taskQueue)
        : base(taskQueue)
    {
    }

    /// <summary>How the worker connects a client of its own when it starts. Default: none, it takes the host's client.</summary>
    public TemporalClientConnectOptions? ClientOptions { get; set; }

    /// <summary>What hands the running worker other clients. Default: none.</summary>
    public TemporalWorkerClientUpdater? WorkerClientUpdater { get; set; }

    /// <inheritdoc/>
    public override object Clone()
    {
        TemporalWorkerServiceOptions copy = (TemporalWorkerServiceOptions)base.Clone();
        copy.ClientOptions = (TemporalClientConnectOptions?)ClientOptions?.Clone();
        return copy;
    }

    /// <summary>The name under which the host keeps the options of a worker: workers of two versions may share a task queue.</summary>
    internal static string NameOf(string taskQueue, WorkerDeploymentOptions? deploymentOptions) =>
        deploymentOptions?.Version is { } version ? $"{taskQueue}!_!{version.ToCanonicalString()}" : taskQueue;
}
