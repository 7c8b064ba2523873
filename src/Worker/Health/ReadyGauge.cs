using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Orchestrator.Worker.Health;

/// <summary>
/// The readiness of the worker as a metric, <c>orchestrator.worker.ready</c>: 1 or 0. That it is taken at intervals also sees to it that a
/// Temporal that goes away is told of where nobody probes.
/// </summary>
internal sealed class ReadyGauge(IMeterFactory meters) : IHealthCheckPublisher
{
    private readonly Gauge<int> _ready = meters.Create("Orchestrator.Worker")
        .CreateGauge<int>("orchestrator.worker.ready", unit: null, "1 while the worker takes work and Temporal answers, else 0");

    /// <inheritdoc/>
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _ready.Record(report.Status == HealthStatus.Healthy ? 1 : 0);
        return Task.CompletedTask;
    }
}
