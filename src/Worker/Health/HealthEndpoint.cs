using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using Orchestrator.Worker.Hosting;
using Orchestrator.Worker.Telemetry;

namespace Orchestrator.Worker.Health;

/// <summary>
/// <c>/livez</c>: the process lives. <c>/readyz</c>: it takes work; else 503 and the reason. <c>/metrics</c>, where it is asked for. A web
/// server of its own, because the host's would start only after the worker has reached Temporal, which may take as long as it likes.
/// </summary>
internal sealed partial class HealthEndpoint(
    IOptions<HealthOptions> options,
    HealthCheckService checks,
    Signals signals,
    ILogger<HealthEndpoint> logger,
    MeterProvider? meters = null) : IHostedService, IAsyncDisposable
{
    private const string Live = "/livez";
    private const string Ready = "/readyz";
    private const string Metrics = "/metrics";

    private string Paths => string.Join(", ", (string[])[Live, Ready, .. signals.MetricsAreScraped ? [Metrics] : Array.Empty<string>()]);

    private WebApplication? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            if (signals.MetricsAreScraped)
            {
                throw new WorkerSetupException(
                    "OTEL_METRICS_EXPORTER lists prometheus, but the endpoint that would be scraped is off: "
                    + "remove ORCHESTRATOR__HEALTH__ENABLED.");
            }

            return;
        }

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{options.Value.Address}:{options.Value.Port}");
        builder.Services.AddSingleton<IHostLifetime, OuterLifetime>().AddSingleton(checks);
        _server = builder.Build();
        Map(_server);
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            string address = $"{options.Value.Address}:{options.Value.Port}";
            throw new WorkerSetupException(
                $"The health endpoint cannot listen on {address} ({e.GetBaseException().Message.TrimEnd('.')}): "
                + "set another port with ORCHESTRATOR__HEALTH__PORT (0 takes any free one), or ORCHESTRATOR__HEALTH__ENABLED=false.",
                e);
        }

        string addresses = string.Join(", ", _server.Urls);
        LogListening(Paths, addresses);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Map(WebApplication server)
    {
        server.UseHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        server.UseHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync });
        if (signals.MetricsAreScraped)
        {
            server.UseOpenTelemetryPrometheusScrapingEndpoint(
                meters, predicate: null, Metrics, configureBranchedPipeline: null, optionsName: null);
        }

        server.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync($"not found; try {Paths}\n", context.RequestAborted);
        });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        string text = report.Status == HealthStatus.Healthy
            ? "ok"
            : string.Join('\n', report.Entries.Values.Select(entry => entry.Description ?? entry.Exception?.Message ?? $"{entry.Status}"));
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync($"{text}\n", context.RequestAborted);
    }
}
