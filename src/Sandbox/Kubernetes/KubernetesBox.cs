using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Sandbox.Kubernetes.Access;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Pods;
using Orchestrator.Sandbox.Kubernetes.Serving;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes;

/// <summary>
/// A Kubernetes API server in this process, behind HTTPS on 127.0.0.1, with all its state in memory: for demos, tests and rehearsals, never
/// instead of a cluster. The official clients, <c>kubectl</c> and <c>helm</c> use it as any other.
/// </summary>
public sealed class KubernetesBox : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly BoxCertificates _certificates;
    private readonly string _name;
    private readonly bool _ownsTime;

    private KubernetesBox(KubernetesBoxOptions options)
    {
        (_name, _ownsTime) = (options.Name, options.Time is null);
        Time = options.Time ?? new BoxTime(skips: false);
        Api = new KubernetesApi(new ObjectStore(Time));
        Users = new Users(Time.Clock);
        _certificates = BoxCertificates.Create(Time.Now);
        IPodRuntime pods = options.Pods ?? new ScriptedPodRuntime(Store);
        _application = Build(options, _certificates.Server, new ApiHandler(Api, Users, pods, Faults, Time));
    }

    /// <summary>Where it listens, such as <c>https://127.0.0.1:6443</c>.</summary>
    public Uri Address { get; private set; } = new("https://127.0.0.1");

    /// <summary>The API in process, for controllers.</summary>
    public KubernetesApi Api { get; }

    /// <summary>The objects.</summary>
    public ObjectStore Store => Api.Store;

    /// <summary>Its time, and how a test moves it.</summary>
    public BoxTime Time { get; }

    /// <summary>What can go wrong on the way to it.</summary>
    public ApiServerFaults Faults { get; } = new();

    /// <summary>Who may come in, and by which token.</summary>
    public Users Users { get; }

    /// <summary>Starts an API server.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<KubernetesBox> StartAsync(KubernetesBoxOptions? options = null, CancellationToken cancellationToken = default)
    {
        KubernetesBox box = new(options ?? new KubernetesBoxOptions());
        try
        {
            await box._application.StartAsync(cancellationToken).ConfigureAwait(false);
            IServer server = box._application.Services.GetRequiredService<IServer>();
            box.Address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            return box;
        }
        catch
        {
            await box.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A kubeconfig of a user. Default: one who may do everything.</summary>
    public string Kubeconfig(string? user = null)
    {
        string name = user ?? Access.Users.Administrator;
        return $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {_name}
              cluster:
                server: {Address.AbsoluteUri.TrimEnd('/')}
                certificate-authority-data: {_certificates.AuthorityData}
            users:
            - name: {name}
              user:
                token: {Users.TokenOf(name)}
            contexts:
            - name: {_name}
              context:
                cluster: {_name}
                user: {name}
            current-context: {_name}

            """;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _certificates.Dispose();
        Faults.Dispose();
        Time.Keeper.Remove(Store.Holder);
        if (_ownsTime)
        {
            Time.Dispose();
        }
    }

    private static WebApplication Build(KubernetesBoxOptions options, X509Certificate2 certificate, ApiHandler handler)
    {
        // An empty builder: no configuration files, no console log, nothing of the host's that costs its start.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(certificate);
            });
        });
        // A watch that is open must not keep the process.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        WebApplication application = builder.Build();
        application.UseWebSockets();
        application.Run(handler.AnswerAsync);
        return application;
    }
}
