using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities;
using Orchestrator.Worker.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Worker.InProcess;

/// <summary>
/// A worker with all workflows and activities in the process of its caller, on the caller's time: for rehearsals and tests. Nothing of its
/// surroundings counts but what it is told.
/// </summary>
public sealed class InProcessWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<TemporalWorker> _workers;

    private InProcessWorker(ServiceProvider services, ITemporalClient client, IEnumerable<TemporalWorkerOptions> workers)
    {
        _services = services;
        _workers = [.. workers.Select(options => new TemporalWorker(client, options))];
        Completion = Task.WhenAll(_workers.Select(worker => worker.ExecuteAsync(_stop.Token)));
    }

    /// <summary>Ends with it; fails where it cannot work.</summary>
    public Task Completion { get; }

    /// <summary>Starts to work.</summary>
    public static InProcessWorker Start(InProcessWorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(options.Settings).Build();
        ServiceCollection services = new();
        services.AddLogging().AddSingleton(options.Clock);
        if (options.Wait is { } wait)
        {
            services.AddSingleton(new Waits(wait));
        }

        ServiceProvider provider = services.AddOrchestratorActivities(configuration).BuildServiceProvider();
        options.Worker.Interceptors = [.. options.Interceptors, .. provider.GetServices<IWorkerInterceptor>()];
        TemporalWorkerOptions watches = (TemporalWorkerOptions)options.Worker.Clone();
        watches.TaskQueue = ChangeNames.WatchQueue;
        watches.MaxConcurrentActivities = new WorkerOptions().MaxConcurrentWatches;
        foreach (Type workflow in TemporalServices.Workflows)
        {
            options.Worker.AddWorkflow(workflow);
        }

        foreach (ActivityDefinition activity in OrchestratorActivities.Types.SelectMany(provider.CreateTemporalActivityDefinitions))
        {
            options.Worker.AddActivity(activity);
        }

        TemporalServices.AddWatches(watches, provider);
        return new InProcessWorker(provider, options.Client, [options.Worker, watches]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (TemporalWorker worker in _workers)
        {
            worker.Dispose();
        }

        await _services.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
