using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class ProxyTests : BoundedTest
{
    [Fact]
    public async Task Get_ProxyOfTheOptions_IsAskedForTheServer()
    {
        string? asked = null;
        await using ScriptedServer proxy = await ScriptedServer.StartAsync(context =>
        {
            asked = $"{context.Request.Method} {context.Request.Host}{context.Request.Path}";
            return context.Response.WriteAsync("ok");
        });
        KubernetesClientOptions options = new() { Server = new Uri("http://api.example.io:8080"), Proxy = proxy.Address };
        using KubernetesClient kubernetes = new(options, TimeProvider.System);

        Assert.Equal("ok", await kubernetes.GetRawAsync("/version", Limit));
        Assert.Equal("GET api.example.io:8080/version", asked);
    }

    [Fact]
    public async Task Get_ProxyThatRefusesTheTunnel_SaysSo()
    {
        await using ScriptedServer proxy = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        KubernetesClientOptions options = new() { Server = new Uri("https://api.example.io"), Proxy = proxy.Address };
        using KubernetesClient kubernetes = new(options, TimeProvider.System);

        KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.StartsWith("GET /version on https://api.example.io: the proxy does not let through: ", e.Message, StringComparison.Ordinal);
    }
}
