using System.Net;
using k8s;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Errors;

/// <summary>What stands between us and the API server may answer, too: load balancers, log-in pages, proxies.</summary>
public sealed class ForeignAnswerTests : BoundedTest
{
    [Fact]
    public async Task List_PageOfALogInServer_IsNotAnEmptyList()
    {
        ApiException e = await ListFailsAsync("<html>Please log in</html>", 200);

        Assert.EndsWith(
            ": the answer is not JSON: '<' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 0.",
            e.Message,
            StringComparison.Ordinal);
        Assert.False(e.IsTransient);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"1\"}}")]
    [InlineData("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":{}}")]
    public async Task List_JsonWithoutItems_IsNotAnEmptyList(string answer)
    {
        ApiException e = await ListFailsAsync(answer, 200);

        Assert.EndsWith(": the answer is not a list: it has no items", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_BadGateway_IsTransientAndShowsTheTextOnOneLine()
    {
        ApiException e = await ListFailsAsync("<h1>Bad\n  gateway</h1>", 502);

        Assert.EndsWith(": 502 BadGateway: <h1>Bad gateway</h1>", e.Message, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadGateway, null, true), (e.StatusCode, e.Reason, e.IsTransient));
    }

    [Fact]
    public async Task List_Redirect_IsAnErrorAndNotFollowed()
    {
        ApiException e = await ListFailsAsync("", 302);

        Assert.EndsWith(": 302 Found: the answer has no body", e.Message, StringComparison.Ordinal);
    }

    private async Task<ApiException> ListFailsAsync(string answer, int statusCode)
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = statusCode;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync(answer);
        });
        using IKubernetes kubernetes = server.Client(TimeProvider.System);
        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.ListAsync(ResourceType.Pods, null, null, Limit));
        Assert.StartsWith($"LIST pods on {server.Address.ToString().TrimEnd('/')}: ", e.Message, StringComparison.Ordinal);
        return e;
    }
}
