using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities;
using Orchestrator.Worker.Telemetry;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Tracing;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Orchestrator.Worker.Servers;

/// <summary>Registers the client of Temporal and the worker with all workflows and activities.</summary>
internal static class TemporalServices
{
    // What is left of a stop after the activities have been cancelled: their last reports.
    private static readonly TimeSpan LastReports = TimeSpan.FromSeconds(25);

    // People watch a roll by its heartbeats: no older than this, however long the timeout of a heartbeat is.
    private static readonly TimeSpan LiveWithin = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddTemporal(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WorkerOptions>().Bind(configuration.GetSection(WorkerOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>());
        services.AddOptions<HostOptions>().Configure(host => host.ShutdownTimeout = DrainFor(configuration) + LastReports);
        services.TryAddSingleton(TimeProvider.System);

        services.AddTemporalClient(TemporalAddress.Configure);
        services.AddOptions<TemporalClientConnectOptions>().Configure<ILoggerFactory, IServiceProvider>((client, logging, provider) =>
        {
            client.LoggerFactory = logging;
            client.Runtime = CoreTelemetry.CreateRuntime(logging, provider.GetService<CoreMeter>());
            client.Interceptors = [new TraceInterceptor()];
        });
        services.TryAddSingleton<TemporalReach>();

        // Hosted services start one after the other: the worker starts when the server is there and knows the search attributes.
        services.AddHostedService<TemporalGate>();
        ITemporalWorkerServiceOptionsBuilder worker = AddWorker(
            services, ChangeNames.TaskQueue, options => options.MaxConcurrentActivities);
        foreach (Type workflow in Workflows)
        {
            worker.AddWorkflow(workflow);
        }

        foreach (Type activities in OrchestratorActivities.Types)
        {
            worker.AddScopedActivities(activities);
        }

        AddWorker(services, ChangeNames.WatchQueue, options => options.MaxConcurrentWatches)
            .ConfigureOptions().PostConfigure<IServiceProvider>((watches, provider) => AddWatches(watches, provider));
        return services;
    }

    /// <summary>Has a worker take the activities that watch, and no others.</summary>
    public static void AddWatches(TemporalWorkerOptions worker, IServiceProvider services)
    {
        foreach ((Type type, string name) in OrchestratorActivities.Watches)
        {
            worker.AddActivity(services.CreateTemporalActivityDefinitions(type).Single(activity => activity.Name == name));
        }
    }

    private static ITemporalWorkerServiceOptionsBuilder AddWorker(
        IServiceCollection services, string queue, Func<WorkerOptions, int> atOnce)
    {
        ITemporalWorkerServiceOptionsBuilder worker = services.AddHostedTemporalWorker(queue);
        worker.ConfigureOptions().Configure<IOptions<WorkerOptions>, IEnumerable<IWorkerInterceptor>>((worker, options, interceptors) =>
        {
            // Without them an activity that writes runs for whoever calls it.
            worker.Interceptors = [.. interceptors];
            worker.GracefulShutdownTimeout = options.Value.DrainFor;
            worker.MaxHeartbeatThrottleInterval = LiveWithin;
            worker.MaxConcurrentActivities = atOnce(options.Value);
            worker.MaxConcurrentWorkflowTasks = options.Value.MaxConcurrentWorkflowTasks;
        });
        return worker;
    }

    // Not through the options: the host asks before they are all validated, and would tell of these alone.
    private static TimeSpan DrainFor(IConfiguration configuration)
    {
        WorkerOptions options = new();
        configuration.GetSection(WorkerOptions.Section).Bind(options);
        return options.DrainFor;
    }

    /// <summary>All workflows.</summary>
    public static IEnumerable<Type> Workflows =>
        typeof(ProcedureCatalogue).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(WorkflowAttribute), inherit: false))
            .OrderBy(type => type.FullName, StringComparer.Ordinal);
}
