using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Worker.Health;
using Orchestrator.Worker.Hosting;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Worker.Servers;

/// <summary>Waits at the start until Temporal is there, and makes sure that it knows the search attributes.</summary>
internal sealed partial class TemporalGate(ITemporalClient client, WorkerHealth health, TimeProvider clock, ILogger<TemporalGate> logger) : IHostedService
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(2);

    private string Server => $"{client.Connection.Options.TargetHost}";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        await new SearchAttributeRegistration(client, clock, logger).EnsureAsync(cancellationToken);
        LogReady(Server, client.Options.Namespace);
        health.SetReady();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        health.SetNotReady("is stopping");
        return Task.CompletedTask;
    }

    // A worker is a service: a server that is not there yet is waited for, however long, and mentioned once.
    private async Task ReachAsync(CancellationToken cancellationToken)
    {
        bool mentioned = false;
        while (true)
        {
            try
            {
                await DescribeNamespaceAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (IsAway(e) && !cancellationToken.IsCancellationRequested)
            {
                if (!mentioned)
                {
                    mentioned = true;
                    LogAway(Server, (e.InnerException ?? e).Message);
                    health.SetNotReady($"Temporal at {Server} does not answer");
                }
            }

            await Task.Delay(TryEvery, clock, cancellationToken);
        }
    }

    private async Task DescribeNamespaceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.WorkflowService.DescribeNamespaceAsync(
                new DescribeNamespaceRequest { Namespace = client.Options.Namespace }, new RpcOptions { CancellationToken = cancellationToken });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw new WorkerSetupException(
                $"Temporal at {Server} has no namespace '{client.Options.Namespace}': name one with TEMPORAL_NAMESPACE, or create it with "
                + $"'temporal operator namespace create --namespace {client.Options.Namespace}'.",
                e);
        }
    }

    private static bool IsAway(Exception e) =>
        e is InvalidOperationException { InnerException: RpcException } or RpcTimeoutOrCanceledException
        || (e is RpcException rpc && rpc.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.ResourceExhausted);
}
