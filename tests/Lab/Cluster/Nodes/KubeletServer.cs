using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orchestrator.Lab.Cluster.Logs;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>
/// The parts of a kubelet's API that give logs and run programs: the API server forwards <c>kubectl logs</c> and <c>kubectl exec</c> to it.
/// One serves all the lab's nodes.
/// </summary>
internal sealed class KubeletServer(int port, ContainerRuntime runtime) : IAsyncDisposable
{
    private static readonly TimeSpan FollowEvery = TimeSpan.FromMilliseconds(500);

    private WebApplication? _application;
    private X509Certificate2? _certificate;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _certificate = SelfSigned();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, port, listener => listener.UseHttps(_certificate)));
        _application = builder.Build();
        _application.Run(AnswerAsync);
        await _application.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _certificate?.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string[] path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["exec", var ofNamespace, var ofPod, _])
        {
            await PodExec.AnswerAsync(context, ofNamespace, ofPod, runtime);
            return;
        }

        LogQuery query = LogQuery.Read(context.Request.Query, runtime.TimeProvider.GetUtcNow());
        LogWindow? log = path is ["containerLogs", var @namespace, var pod, _] ? runtime.FindLog(@namespace, pod, query.Previous) : null;
        if (log is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"no such log: {context.Request.Path}", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/plain";
        (IReadOnlyList<LogLine> lines, long next) = log.Read(null);
        await context.Response.Body.WriteAsync(query.Select(lines, isFirst: true), context.RequestAborted);
        while (query.Follow)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(FollowEvery, runtime.TimeProvider, context.RequestAborted);
            (lines, next) = log.Read(next);
            await context.Response.Body.WriteAsync(query.Select(lines, isFirst: false), context.RequestAborted);
        }
    }

    private X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=lab-node", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = runtime.TimeProvider.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
