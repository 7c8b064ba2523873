using Microsoft.Extensions.DependencyInjection;
using Temporalio.Worker;

namespace Temporalio.Extensions.Hosting;

/// <summary>A hosted worker that is being put together; its methods are extensions in this namespace.</summary>
public interface ITemporalWorkerServiceOptionsBuilder
{
    /// <summary>The task queue of the worker.</summary>
    string TaskQueue { get; }

    /// <summary>The deployment version of the worker; null if it has none.</summary>
    WorkerDeploymentOptions? DeploymentOptions { get; }

    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }
}
