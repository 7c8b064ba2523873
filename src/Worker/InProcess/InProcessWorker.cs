using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities;
using Orchestrator.Worker.Servers;
using Temporalio.Activities;
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
    private readonly TemporalWorker _worker;

    private InProcessWorker(ServiceProvider services, InProcessWorkerOptions options)
    {
        _services = services;
        _worker = new TemporalWorker(options.Client, options.Worker);
        Completion = _worker.ExecuteAsync(_stop.Token);
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
        foreach (Type workflow in TemporalServices.Workflows)
        {
            options.Worker.AddWorkflow(workflow);
        }

        foreach (Type activities in OrchestratorActivities.Types)
        {
            foreach (ActivityDefinition activity in provider.CreateTemporalActivityDefinitions(activities))
            {
                options.Worker.AddActivity(activity);
            }
        }

        options.Worker.Interceptors = [.. options.Interceptors, .. provider.GetServices<IWorkerInterceptor>()];
        return new InProcessWorker(provider, options);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _worker.Dispose();
        await _services.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
