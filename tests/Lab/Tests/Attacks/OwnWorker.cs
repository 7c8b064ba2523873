using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities;
using Orchestrator.Lab.Cluster;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>
/// A worker with our activities on our queue, in which a rogue answers for one of our workflows: what happens where somebody else polls the
/// queue, without the luck that they need to be given the task.
/// </summary>
internal sealed class OwnWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services;
    private readonly TemporalWorker[] _workers;
    private readonly Task _working;

    private OwnWorker(ServiceProvider services, params TemporalWorker[] workers)
    {
        _services = services;
        _workers = workers;
        _working = Task.WhenAll(workers.Select(worker => worker.ExecuteAsync(_stop.Token)));
    }

    /// <summary>The folder of its evidence.</summary>
    public required string Evidence { get; init; }

    /// <summary>Starts it.</summary>
    /// <param name="cluster">Where.</param>
    /// <param name="client">Temporal.</param>
    /// <param name="rogue">The workflow that takes the place of ours of the same type.</param>
    /// <param name="settings">Further settings of the section <c>Orchestrator</c>.</param>
    public static OwnWorker Start(LabCluster cluster, ITemporalClient client, Type rogue, params (string Key, string Value)[] settings)
    {
        string evidence = Directory.CreateTempSubdirectory("orchestrator-attack-").FullName;
        IEnumerable<(string Key, string Value)> all =
        [
            ("Clusters:lab:Kubeconfig", cluster.Kubeconfig),
            ("Clusters:lab:KafkaBootstrapServers", cluster.BootstrapServers),
            ("Evidence:Folder", evidence),
            .. settings,
        ];
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(all.Select(each => KeyValuePair.Create($"Orchestrator:{each.Key}", (string?)each.Value)))
            .Build();
        ServiceProvider services = new ServiceCollection().AddLogging().AddOrchestratorActivities(configuration).BuildServiceProvider();
        TemporalWorkerOptions options = new(ChangeNames.TaskQueue) { Interceptors = [.. services.GetServices<IWorkerInterceptor>()] };
        TemporalWorkerOptions watches = new(ChangeNames.WatchQueue) { Interceptors = options.Interceptors };
        string replaced = WorkflowDefinition.Create(rogue).Name!;
        IEnumerable<WorkflowDefinition> ours = typeof(ProcedureCatalogue).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(WorkflowAttribute), inherit: false))
            .Select(type => WorkflowDefinition.Create(type))
            .Where(definition => definition.Name != replaced);
        foreach (WorkflowDefinition definition in ours.Append(WorkflowDefinition.Create(rogue)))
        {
            options.AddWorkflow(definition);
        }

        foreach (Type activities in OrchestratorActivities.Types)
        {
            options.AddAllActivities(activities, services.GetRequiredService(activities));
        }

        foreach ((Type type, string name) in OrchestratorActivities.Watches)
        {
            watches.AddActivity(ActivityDefinition.CreateAll(type, services.GetRequiredService(type)).Single(each => each.Name == name));
        }

        return new(services, new TemporalWorker(client, options), new TemporalWorker(client, watches)) { Evidence = evidence };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _working;
        }
        catch (OperationCanceledException)
        {
            // Stopped above.
        }

        foreach (TemporalWorker worker in _workers)
        {
            worker.Dispose();
        }

        await _services.DisposeAsync();
        _stop.Dispose();
        Directory.Delete(Evidence, recursive: true);
    }
}
