using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Health;

/// <summary>
/// <c>/livez</c>: the process lives. <c>/readyz</c>: it takes work; else 503 and the reason. A web server of its own, because the host's
/// would start only after the worker has reached Temporal, which may take as long as it likes.
/// </summary>
internal sealed partial class HealthEndpoint(IOptions<HealthOptions> options, HealthCheckService checks, ILogger<HealthEndpoint> logger)
    : IHostedService, IAsyncDisposable
{
    private const string Live = "/livez";
    private const string Ready = "/readyz";

    private WebApplication? _server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
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
                + "set another port with ORCHESTRATOR__HEALTH__PORT (0 takes any), or ORCHESTRATOR__HEALTH__ENABLED=false.",
                e);
        }

        LogListening($"{Live} and {Ready}", _server.Urls);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Map(WebApplication server)
    {
        server.UseHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        server.UseHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync });
        server.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Response.WriteAsync($"only {Live} and {Ready} are here\n", context.RequestAborted);
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
