using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Sandbox.Kafka.Serving;

namespace Orchestrator.Sandbox.Kafka;

/// <summary>
/// A Kafka cluster in this process, served over HTTP on 127.0.0.1 with all its state in memory: for demos, tests and rehearsals. Brokers
/// and controllers follow whoever runs their pods; replication, elections and the quorum go by Kafka's rules, with rates as data. Its
/// clients are workers whose Kafka address is <see cref="BootstrapServers"/>, and whatever reads Jolokia.
/// </summary>
public sealed class KafkaBox : IAsyncDisposable
{
    private readonly WebApplication _application;

    private KafkaBox(WebApplication application, ClusterState state, KafkaAdmin admin)
    {
        _application = application;
        string url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new Uri(url).Authority;
        (Admin, Processes, Faults) = (admin, new(state), new(state));
    }

    /// <summary>Where it listens, such as <c>127.0.0.1:9071</c>.</summary>
    public string Address { get; }

    /// <summary>What a worker of the laptop profile takes for the bootstrap servers: <c>sandbox://127.0.0.1:9071</c>.</summary>
    public string BootstrapServers => $"sandbox://{Address}";

    /// <summary>The processes of the nodes, for whoever runs their pods.</summary>
    public KafkaProcesses Processes { get; }

    /// <summary>What an administrator does.</summary>
    public KafkaAdmin Admin { get; }

    /// <summary>What can go wrong.</summary>
    public KafkaFaults Faults { get; }

    /// <summary>Starts a cluster.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="KafkaRefusalException">The scenario asks for what Kafka would refuse.</exception>
    public static async Task<KafkaBox> StartAsync(KafkaBoxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new KafkaBoxOptions();
        ClusterState state = ClusterBuilder.Build(options.Scenario, options.Clock);
        KafkaAdmin admin = new(state);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        application.UseRouting();
        new KafkaApi(state, admin).Map(application);
        new FaultApi(new(state), new(state)).Map(application);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new KafkaBox(application, state, admin);
    }

    /// <summary>
    /// What a pod says in the annotation <c>platform.confluent.io/jolokia-address</c>, so that its node's agent is found here.
    /// </summary>
    public string JolokiaAddress(int node) => $"{Address}/nodes/{node}";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
