using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>A hosted worker that is being put together.</summary>
/// <param name="taskQueue">The task queue of the worker.</param>
/// <param name="services">The services of the host.</param>
public class TemporalWorkerServiceOptionsBuilder(string taskQueue, IServiceCollection services) : ITemporalWorkerServiceOptionsBuilder
{
    /// <inheritdoc/>
    public string TaskQueue { get; } = taskQueue;

    /// <inheritdoc/>
    public WorkerDeploymentOptions? DeploymentOptions { get; init; }

    /// <inheritdoc/>
    public IServiceCollection Services { get; } = services;
}
