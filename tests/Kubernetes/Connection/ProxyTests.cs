using k8s;
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
        ClusterConnection options = new() { Server = new Uri("http://api.example.io:8080"), Proxy = proxy.Address };
        using IKubernetes kubernetes = options.Open(TimeProvider.System);

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
        ClusterConnection options = new() { Server = new Uri("https://api.example.io"), Proxy = proxy.Address };
        using IKubernetes kubernetes = options.Open(TimeProvider.System);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.StartsWith(
            "GET /version on https://api.example.io: the proxy refuses the connection: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ProxyThatAsksForALogIn_GetsThatOfTheAddressAndNoErrorRepeatsIt()
    {
        bool isWrong = false;
        await using ScriptedServer proxy = await ScriptedServer.StartAsync(context =>
        {
            string login = context.Request.Headers.ProxyAuthorization.ToString();
            context.Response.StatusCode = isWrong || login.Length == 0 ? 407 : 200;
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"proxy\"";
            return context.Response.WriteAsync(login);
        });
        Uri address = new UriBuilder(proxy.Address) { UserName = "me", Password = "s3cret" }.Uri;
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://api.example.io"), Proxy = address }.Open(
            TimeProvider.System);
        using IKubernetes secure = new ClusterConnection { Server = new Uri("https://api.example.io"), Proxy = address }.Open(
            TimeProvider.System);

        Assert.Equal($"Basic {Convert.ToBase64String("me:s3cret"u8)}", await kubernetes.GetRawAsync("/version", Limit));
        isWrong = true;
        ApiException e = await Assert.ThrowsAsync<ApiException>(() => secure.GetRawAsync("/version", Limit));
        Assert.DoesNotContain("s3cret", $"{e}", StringComparison.Ordinal);
    }
}
