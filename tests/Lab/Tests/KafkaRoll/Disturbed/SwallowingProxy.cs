using System.Net;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>
/// A way to the Kubernetes API that can let one request through, drop its answer, and stay dead until it is mended: what was asked for
/// was done, and whoever asked cannot know.
/// </summary>
internal sealed class SwallowingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestAuthority _authority;
    private readonly HttpClient _http;
    private readonly Uri _server;
    private readonly TaskCompletionSource<HttpStatusCode> _swallowed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<HttpRequest, bool>? _which;
    private volatile bool _isDead;

    private SwallowingProxy(WebApplication app, TestAuthority authority, KubernetesClientConfiguration admin)
    {
        _app = app;
        _authority = authority;
        HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", admin.AccessToken);
        _server = new Uri(admin.Host);
    }

    /// <summary>The status of the answer that was dropped, once it is.</summary>
    public Task<HttpStatusCode> Swallowed => _swallowed.Task;

    /// <summary>A kubeconfig whose context <c>lab</c> goes this way.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>Opens the way.</summary>
    /// <param name="cluster">Where it leads, with all rights.</param>
    public static async Task<SwallowingProxy> StartAsync(LabCluster cluster)
    {
        TestAuthority authority = TestAuthority.NewRoot("proxy");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(authority.NewServer(["localhost"]));
            }));
        WebApplication app = builder.Build();
        string path = Path.Combine(cluster.Servers.DataFolder, "kubeconfig-through-proxy");
        KubernetesClientConfiguration admin = KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.Kubeconfig);
        SwallowingProxy proxy = new(app, authority, admin) { Kubeconfig = path };
        app.Run(proxy.ServeAsync);
        await app.StartAsync();
        string server = app.Urls.Single();
        string ca = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.Pem));
        await File.WriteAllTextAsync(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters:
            - name: lab
              cluster: { server: "{{server}}", certificate-authority-data: "{{ca}}" }
            contexts:
            - name: lab
              context: { cluster: lab, user: lab }
            users:
            - name: lab
              user: { token: lab }
            """);
        return proxy;
    }

    /// <summary>The next request of this kind is carried out and not answered, nor is any after it.</summary>
    public void SwallowAnswerTo(Func<HttpRequest, bool> which) => _which = which;

    /// <summary>Everything is answered again.</summary>
    public void Mend() => _isDead = false;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _authority.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (_isDead)
        {
            context.Abort();
            return;
        }

        try
        {
            await ForwardAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync($"{e}");
        }
    }

    private async Task ForwardAsync(HttpContext context)
    {
        Uri address = new(_server, $"{context.Request.Path}{context.Request.QueryString}");
        using HttpRequestMessage request = new(new(context.Request.Method), address);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        request.Headers.TryAddWithoutValidation("Accept", context.Request.Headers.Accept.ToArray());
        bool isSwallowed = _which?.Invoke(context.Request) is true;
        using HttpResponseMessage answer =
            await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (isSwallowed)
        {
            (_which, _isDead) = (null, true);
            context.Abort();
            _swallowed.SetResult(answer.StatusCode);
            return;
        }

        await AnswerAsync(context, answer);
    }

    private async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await using Stream body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        byte[] buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            if (_isDead)
            {
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
