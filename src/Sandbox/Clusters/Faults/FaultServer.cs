using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Sandbox.Kafka;

namespace Orchestrator.Sandbox.Clusters.Faults;

/// <summary>The faults of a box over HTTP on 127.0.0.1, for a command line beside it.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private const string Path = "/v1/faults";

    private readonly WebApplication _application;

    private FaultServer(WebApplication application)
    {
        _application = application;
        Address = new Uri(
            application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it on a free port.</summary>
    public static async Task<FaultServer> StartAsync(BoxFaultCatalogue faults, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.UseRouting();
        application.MapGet(Path, () => Results.Json(faults.Kinds));
        application.MapPost($"{Path}/{{name}}", (string name, Dictionary<string, string> arguments) => BeginAsync(faults, name, arguments));
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new FaultServer(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task<IResult> BeginAsync(BoxFaultCatalogue faults, string name, Dictionary<string, string> arguments)
    {
        try
        {
            await faults.BeginAsync(name, arguments).ConfigureAwait(false);
            return Results.NoContent();
        }
        catch (Exception e) when (e is ArgumentException or KafkaRefusalException)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
