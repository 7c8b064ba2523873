using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>
/// An Alertmanager in this process, version 2 of its API on 127.0.0.1: alerts and silences, in memory. It notifies nobody, and inhibits
/// nothing, as one whose configuration has a single route does.
/// </summary>
public sealed class AlertmanagerBox : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly AlertmanagerApi _api;

    private AlertmanagerBox(WebApplication application, AlertmanagerApi api)
    {
        (_application, _api) = (application, api);
        Address = new Uri(
            application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens: what the inventory takes for <c>Alertmanager:Url</c>.</summary>
    public Uri Address { get; }

    /// <summary>What can go wrong.</summary>
    public AlertmanagerFaults Faults => _api.Faults;

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<AlertmanagerBox> StartAsync(
        AlertmanagerBoxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new AlertmanagerBoxOptions();
        AlertmanagerApi api = new(options.Clock);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // It tells its own time, which may be another than the machine's.
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.Use((context, next) =>
        {
            context.Response.Headers.Date = options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            return next(context);
        });
        application.Use(api.FailAsync);
        application.UseRouting();
        api.Map(application);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new AlertmanagerBox(application, api);
    }

    /// <summary>Has an alert fire from now on, until <see cref="EndAlert"/>.</summary>
    /// <param name="labels">Its labels, such as <c>alertname</c>, <c>namespace</c> and <c>severity</c>.</param>
    /// <param name="summary">What it says. Default: nothing.</param>
    public void BeginAlert(IReadOnlyDictionary<string, string> labels, string? summary = null) => _api.Begin(labels, summary);

    /// <summary>Has an alert end.</summary>
    public void EndAlert(IReadOnlyDictionary<string, string> labels) => _api.End(labels);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Faults.Mend();
        return _application.DisposeAsync();
    }
}
