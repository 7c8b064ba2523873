using Microsoft.Extensions.Hosting;

namespace Orchestrator.Worker.Health;

/// <summary>The health endpoint's server lives as long as the worker around it, which alone listens to signals.</summary>
internal sealed class OuterLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
