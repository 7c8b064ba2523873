using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orchestrator.Worker.Hosting;
using Orchestrator.Worker.Servers;

namespace Orchestrator.Worker.Health;

/// <summary>Ready is a worker that has started, is not told to stop, and whose Temporal answers now.</summary>
internal sealed class WorkerCheck(TemporalReach reach, WorkerHealth health) : IHealthCheck
{
    // A prober waits some seconds at most; an answer that takes longer is no help to the work either.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            string? reason = await reach.AskAsync(AnswerWithin, cancellationToken) ?? health.NotReady;
            return reason is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(reason);
        }
        catch (WorkerSetupException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
