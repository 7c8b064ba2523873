using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Temporal clients and workers to a host.</summary>
public static class TemporalHostingServiceCollectionExtensions
{
    /// <summary>Adds a worker that starts and stops with the host, on a client of its own.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="clientTargetHost">The server, <c>host:port</c>.</param>
    /// <param name="clientNamespace">The namespace.</param>
    /// <param name="taskQueue">The task queue that the worker polls.</param>
    /// <param name="deploymentOptions">The deployment version of the worker; null for none.</param>
    /// <returns>The worker, to be put together.</returns>
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services,
        string clientTargetHost,
        string clientNamespace,
        string taskQueue,
        WorkerDeploymentOptions? deploymentOptions = null) =>
        services.AddHostedTemporalWorker(taskQueue, deploymentOptions).ConfigureOptions(
            options => options.ClientOptions = new(clientTargetHost) { Namespace = clientNamespace });

    /// <summary>Adds a worker that starts and stops with the host, on the host's <see cref="ITemporalClient"/>.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="taskQueue">The task queue that the worker polls.</param>
    /// <param name="deploymentOptions">The deployment version of the worker; null for none.</param>
    /// <returns>The worker, to be put together.</returns>
    /// <exception cref="InvalidOperationException">The host has a worker of this version on this task queue.</exception>
    public static ITemporalWorkerServiceOptionsBuilder AddHostedTemporalWorker(
        this IServiceCollection services, string taskQueue, WorkerDeploymentOptions? deploymentOptions = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        string name = TemporalWorkerServiceOptions.NameOf(taskQueue, deploymentOptions);
        if (services.Any(service => service.ServiceType == typeof(IHostedService) && name.Equals(service.ServiceKey)))
        {
            throw new InvalidOperationException($"The host has a worker on task queue {name}.");
        }

        // Not AddHostedService: it takes one service of each type.
        services.AddKeyedSingleton<IHostedService>(
            name, (provider, key) => ActivatorUtilities.CreateInstance<TemporalWorkerService>(provider, (string)key!));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IHostedService>(name));
        return new TemporalWorkerServiceOptionsBuilder(taskQueue, services) { DeploymentOptions = deploymentOptions }.ConfigureOptions(
            options =>
            {
                options.TaskQueue = taskQueue;
                options.DeploymentOptions = deploymentOptions;
            });
    }

    /// <summary>
    /// Adds an <see cref="ITemporalClient"/> that connects with its first call, unless the host has one. It logs through the host.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="clientTargetHost">The server, <c>host:port</c>; null for the default of the options.</param>
    /// <param name="clientNamespace">The namespace; null for the default of the options.</param>
    /// <returns>The builder of the client's options.</returns>
    public static OptionsBuilder<TemporalClientConnectOptions> AddTemporalClient(
        this IServiceCollection services, string? clientTargetHost = null, string? clientNamespace = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ITemporalClient>(
            provider => TemporalClient.CreateLazy(provider.GetRequiredService<IOptions<TemporalClientConnectOptions>>().Value));
        return services.AddOptions<TemporalClientConnectOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.TargetHost = clientTargetHost ?? options.TargetHost;
            options.Namespace = clientNamespace ?? options.Namespace;
            options.LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory;
        });
    }

    /// <summary>
    /// Adds an <see cref="ITemporalClient"/> that connects with its first call, unless the host has one. It logs through the host.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configureClient">Sets the client's options.</param>
    public static IServiceCollection AddTemporalClient(
        this IServiceCollection services, Action<TemporalClientConnectOptions> configureClient)
    {
        services.AddTemporalClient().Configure(configureClient);
        return services;
    }
}
