using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class DeadlineTests : BoundedTest
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Get_NoAnswer_FailsAtTheTimeout()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using KubernetesClient kubernetes = server.Client(_clock);

        Task<string> call = kubernetes.GetRawAsync("/readyz", Limit);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(30), Limit);
        _clock.Advance(TimeSpan.FromSeconds(30));

        KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(() => call);
        Assert.Equal($"GET /readyz on {Name(server)}: no answer within 30 s", e.Message);
        Assert.True(e.IsTransient);
    }

    [Fact]
    public async Task Get_AnswerThatDoesNotEnd_FailsAtTheTimeout()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using KubernetesClient kubernetes = server.Client(_clock);

        Task call = kubernetes.GetAsync(ResourceType.Pods, "default", "a", Limit);
        await begun.Task.WaitAsync(Limit);
        _clock.Advance(TimeSpan.FromSeconds(30));

        KubernetesException e = await Assert.ThrowsAsync<KubernetesException>(() => call);
        Assert.Equal($"GET pods default/a on {Name(server)}: no answer within 30 s", e.Message);
    }

    [Fact]
    public async Task Get_CallerCancels_IsACancellationAndNotAnError()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            begun.SetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using KubernetesClient kubernetes = server.Client(_clock);
        using CancellationTokenSource stop = new();

        Task call = kubernetes.GetRawAsync("/readyz", stop.Token);
        await begun.Task.WaitAsync(Limit);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Limit));
    }

    [Fact]
    public async Task Watch_ServerThatNeitherSendsNorEnds_IsOpenedAnew()
    {
        int connections = 0;
        SemaphoreSlim opened = new(0);
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            connections++;
            await context.Response.Body.FlushAsync();
            opened.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using KubernetesClient kubernetes = server.Client(_clock);
        WatchOptions options = new() { ResourceVersion = "1" };
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<WatchEvent> watch = kubernetes.WatchAsync(ResourceType.Pods, null, options, stop.Token).GetAsyncEnumerator();

        Task next = watch.MoveNextAsync().AsTask();
        await opened.WaitAsync(Limit);
        await _clock.WaitedForAsync(options.ConnectionLifetime + TimeSpan.FromSeconds(15), Limit);
        _clock.Advance(options.ConnectionLifetime + TimeSpan.FromSeconds(15));
        await _clock.WaitedForAsync(TimeSpan.FromMilliseconds(250), Limit);
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await opened.WaitAsync(Limit);
        await stop.CancelAsync();

        Assert.Equal(2, connections);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Watch_FirstConnectionBreaksBeforeItHasToldAnything_GoesOn()
    {
        int connections = 0;
        TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            connections++;
            await context.Response.Body.FlushAsync();
            if (connections == 1)
            {
                await connected.Task.WaitAsync(Limit);
                context.Abort();
                return;
            }

            await context.Response.WriteAsync("""{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"2"}}}""" + "\n");
        });
        using KubernetesClient kubernetes = server.Client(TimeProvider.System, with => with with { OnCall = _ => connected.TrySetResult() });
        WatchOptions options = new() { ResourceVersion = "1" };
        await using IAsyncEnumerator<WatchEvent> watch = kubernetes.WatchAsync(ResourceType.Pods, null, options, Limit).GetAsyncEnumerator();

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal((2, "a"), (connections, watch.Current.Object.Name()));
    }

    private static string Name(ScriptedServer server) => server.Address.ToString().TrimEnd('/');
}
