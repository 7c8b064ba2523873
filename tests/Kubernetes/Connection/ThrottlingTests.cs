using k8s;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class ThrottlingTests : BoundedTest
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Get_ThrottledForSevenSeconds_WaitsSevenSecondsAndRepeats()
    {
        int requests = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => ++requests == 1 ? RefuseAsync(context, 7) : context.Response.WriteAsync("ok"));
        using IKubernetes kubernetes = server.Client(_clock);

        Task<string> call = kubernetes.GetRawAsync("/version", Limit);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(7), Limit);
        Assert.Equal(1, requests);
        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal("ok", await call);
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task Get_ThrottledForLongerThanTheTimeout_FailsAtOnceWithTheTimeToWait()
    {
        int requests = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            requests++;
            return RefuseAsync(context, 60);
        });
        using IKubernetes kubernetes = server.Client(_clock);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.Equal(TimeSpan.FromSeconds(60), e.RetryAfter);
        Assert.True(e.IsTransient);
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Get_ThrottledWithoutATime_FailsAtOnce()
    {
        int requests = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            requests++;
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        });
        using IKubernetes kubernetes = server.Client(_clock);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.Equal($"GET /version on {server.Address.ToString().TrimEnd('/')}: 429 TooManyRequests: the answer has no body", e.Message);
        Assert.Equal(1, requests);
    }

    private static Task RefuseAsync(HttpContext context, int seconds)
    {
        context.Response.StatusCode = 429;
        context.Response.Headers.RetryAfter = $"{seconds}";
        return context.Response.WriteAsync("Too many requests, please try again later.");
    }
}
