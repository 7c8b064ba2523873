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
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Services;
using Orchestrator.Sandbox.Temporal.Wire;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;
using ITemporalClient = Temporalio.Client.ITemporalClient;
using ClientOptions = Temporalio.Client.TemporalClientConnectOptions;
using WorkflowHandle = Temporalio.Client.WorkflowHandle;

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
    private readonly ActivityWaits _waits;
    private readonly bool _ownsTime;

    private TemporalBox(WebApplication application, ServerState state, BoxTime time, bool ownsTime)
    {
        _application = application;
        _state = state;
        _waits = new ActivityWaits(state);
        _ownsTime = ownsTime;
        Time = time;
        string url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = $"{IPAddress.Loopback}:{new Uri(url).Port}";
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
        BoxTime time = options.Time ?? new BoxTime(options.SkipsTime);
        ServerState state = new(time.Keeper) { Limits = options.Limits };
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
        return new TemporalBox(application, state, time, ownsTime: options.Time is null);
    }

    /// <summary>Opens a connection for a worker that a test is going to end without its knowing.</summary>
    /// <param name="options">How else to connect. Default: the namespace <c>default</c>, and the SDK's own.</param>
    public Task<BoxConnection> ConnectAsync(ClientOptions? options = null) =>
        BoxConnection.OpenAsync(_state, Address, options);

    /// <summary>Whether the connection of a client was ended: its process is to do nothing more.</summary>
    public bool IsEnded(ITemporalClient client) =>
        BoxConnection.IdOf(client) is { } id && _state.Change(() => _state.Ended.ContainsKey(id));

    /// <summary>Waits in virtual time as the activity whose code calls this: what activities wait by in a box.</summary>
    /// <param name="time">For how long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The caller is no activity.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => _waits.ForAsync(time, cancellationToken);

    /// <summary>Waits for the end of a workflow and returns its result, skipping time.</summary>
    /// <exception cref="Temporalio.Exceptions.WorkflowFailedException">It did not end well.</exception>
    /// <exception cref="TimeoutException">It does not end; the message says who holds the clock.</exception>
    public async Task<T> ResultAsync<T>(WorkflowHandle handle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        string space = handle.Client.Options.Namespace;
        await Time.UntilAsync(
            () => _state.Namespaces.GetValueOrDefault(space)?.Current(handle.Id) is { IsOpen: false },
            $"Workflow {handle.Id} does not end.",
            cancellationToken).ConfigureAwait(false);
        return await handle.GetResultAsync<T>().ConfigureAwait(false);
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
        Time.Keeper.Remove(_state);
        if (_ownsTime)
        {
            Time.Dispose();
        }
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
            .AddSingleton(new TestService(state)).AddSingleton<HealthService>();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = Sizes.Message);
        Serve<WorkflowService>(builder.Services, Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0]);
        Serve<OperatorService>(builder.Services, Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services[0]);
        Serve<TestService>(builder.Services, Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.Services[0]);
        builder.Services.TryAddEnumerable(
            Microsoft.Extensions.DependencyInjection.ServiceDescriptor.Singleton<IServiceMethodProvider<HealthService>, HealthService>());
        WebApplication application = builder.Build();
        application.Map(StatePath, branch => branch.Run(context => AnswerStateAsync(context, state)));
        application.UseRouting();
        application.Use((context, next) => CountAsync(context, next, state));
        application.MapGrpcService<WorkflowService>();
        application.MapGrpcService<OperatorService>();
        application.MapGrpcService<TestService>();
        application.MapGrpcService<HealthService>();
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
            state.Change(() => Connections.Close(state, connection.ConnectionId));
        }
    }

    private static async Task AnswerStateAsync(HttpContext context, ServerState state)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(StateDump.Of(state), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, ServerState state)
    {
        Task? ended = state.Change(() => Connections.Serve(state, context));
        if (ended is not null)
        {
            await EmptyAnswer.GiveAsync(context, ended).ConfigureAwait(false);
            return;
        }

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
