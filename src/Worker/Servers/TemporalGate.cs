using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Targets;
using Orchestrator.Worker.Health;
using Temporalio.Client;

namespace Orchestrator.Worker.Servers;

/// <summary>Waits at the start until Temporal is there, and makes sure that it knows the search attributes.</summary>
internal sealed partial class TemporalGate(
    ITemporalClient client,
    TemporalReach reach,
    WorkerHealth health,
    IOptions<InventoryOptions> inventory,
    TimeProvider clock,
    ILogger<TemporalGate> logger) : IHostedService
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        LogStarting(inventory.Value.Profile);

        // A worker is a service: a server that is not there yet is waited for, however long.
        while (await reach.AskAsync(AnswerWithin, cancellationToken) is not null)
        {
            await Task.Delay(TryEvery, clock, cancellationToken);
        }

        await new SearchAttributeRegistration(client, clock, logger).EnsureAsync(cancellationToken);
        LogReady(reach.Server, client.Options.Namespace);
        health.SetReady();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        health.SetNotReady("is stopping");
        return Task.CompletedTask;
    }
}
