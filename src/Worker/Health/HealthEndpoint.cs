using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Worker.Health;

/// <summary>
/// <c>/healthz</c>: the process lives. <c>/readyz</c>: it takes work; else 503 and the reason. A web server of its own, because the host's
/// would start only after the worker has reached Temporal, which may take as long as it likes.
/// </summary>
internal sealed partial class HealthEndpoint(IOptions<HealthOptions> options, WorkerHealth health, ILogger<HealthEndpoint> logger) : IHostedService, IAsyncDisposable
{
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
        builder.Services.AddSingleton<IHostLifetime, OuterLifetime>();
        _server = builder.Build();
        _server.Run(AnswerAsync);
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new WorkerSetupException(
                $"The health endpoint cannot listen on {options.Value.Address}:{options.Value.Port} ({e.GetBaseException().Message.TrimEnd('.')}): "
                + "set another port with ORCHESTRATOR__HEALTH__PORT (0 takes any), or ORCHESTRATOR__HEALTH__ENABLED=false.",
                e);
        }

        LogListening(_server.Urls);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context)
    {
        string? notReady = health.NotReady;
        (context.Response.StatusCode, string text) = context.Request.Path.Value switch
        {
            "/healthz" => (StatusCodes.Status200OK, "ok"),
            "/readyz" when notReady is null => (StatusCodes.Status200OK, "ok"),
            "/readyz" => (StatusCodes.Status503ServiceUnavailable, notReady!),
            _ => (StatusCodes.Status404NotFound, "only /healthz and /readyz are here"),
        };
        return context.Response.WriteAsync($"{text}\n", context.RequestAborted);
    }
}
