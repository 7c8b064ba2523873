using System.Net;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Sandbox.Temporal.Diagnosis;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Services;
using Orchestrator.Sandbox.Temporal.Time;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal;

/// <summary>
/// A Temporal server in this process, behind a gRPC port on 127.0.0.1, with all its state in memory: for demos, tests and rehearsals, never
/// instead of a cluster. Official SDKs and the <c>temporal</c> command line use it as any other.
/// </summary>
public sealed class TemporalBox : IAsyncDisposable
{
    /// <summary>Where its port serves its state as JSON, over HTTP/2 without TLS.</summary>
    public const string StatePath = "/state";

    /// <summary>The release of Temporal's server whose behaviour it follows, and which it says it is.</summary>
    public const string ServerVersion = "1.32.0";

    private readonly WebApplication _application;
    private readonly ServerState _state;

    private TemporalBox(WebApplication application, ServerState state)
    {
        _application = application;
        _state = state;
        string url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = $"{IPAddress.Loopback}:{new Uri(url).Port}";
        Time = new BoxTime(state);
    }

    /// <summary>Where it listens, such as <c>127.0.0.1:7233</c>.</summary>
    public string Address { get; }

    /// <summary>Its time, and how a test moves it.</summary>
    public BoxTime Time { get; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<TemporalBox> StartAsync(TemporalBoxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TemporalBoxOptions();
        ServerState state = new(TimeProvider.System, options.SkipsTime);
        foreach (string name in options.Namespaces)
        {
            TemporalNamespace space = new(state, name);
            foreach ((string attribute, IndexedValueType type) in options.SearchAttributes)
            {
                space.Attributes.Custom[attribute] = type;
            }

            state.Namespaces[name] = space;
        }

        WebApplication application = Build(options, state);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new TemporalBox(application, state);
    }

    /// <summary>
    /// Writes all its state as one JSON document in UTF-8, for bug reports: clocks and who holds them, task queues, schedules, runs with
    /// their histories. Payloads are in it as they are. The same is served over HTTP/2 at <see cref="StatePath"/>.
    /// </summary>
    public ValueTask WriteStateAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.WriteAsync(StateDump.Of(_state), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _state.Dispose();
    }

    private static WebApplication Build(TemporalBoxOptions options, ServerState state)
    {
        // An empty builder: no configuration files, no console log, nothing of the host's that costs its start.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(next => connection => ServeAsync(next, connection, state));
            });
        });
        builder.Services.AddRoutingCore().AddSingleton(new WorkflowService(state)).AddSingleton(new OperatorService(state))
            .AddSingleton(new TestService(state));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        Serve<WorkflowService>(builder.Services, Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0]);
        Serve<OperatorService>(builder.Services, Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0]);
        Serve<TestService>(builder.Services, Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.Services[0]);
        WebApplication application = builder.Build();
        application.Map(StatePath, branch => branch.Run(context => AnswerStateAsync(context, state)));
        application.UseRouting();
        application.Use((context, next) => CountAsync(context, next, state));
        application.MapGrpcService<WorkflowService>();
        application.MapGrpcService<OperatorService>();
        application.MapGrpcService<TestService>();
        return application;
    }

    private static void Serve<TService>(IServiceCollection services, Google.Protobuf.Reflection.ServiceDescriptor descriptor)
        where TService : class =>
        services.TryAddEnumerable(Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton<IServiceMethodProvider<TService>>(
            new Methods<TService>(descriptor)));

    private static async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection, ServerState state)
    {
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            state.Change(() => Connections.Lose(state, connection.ConnectionId));
        }
    }

    private static async Task AnswerStateAsync(HttpContext context, ServerState state)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(StateDump.Of(state), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, ServerState state)
    {
        state.Change(() => state.RequestsInFlight++);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            state.Change(() => state.RequestsInFlight--);
        }
    }

    private sealed class Methods<TService>(Google.Protobuf.Reflection.ServiceDescriptor descriptor) : IServiceMethodProvider<TService>
        where TService : class
    {
        public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context) =>
            RpcMethod<TService>.AddAll(context, descriptor);
    }
}
