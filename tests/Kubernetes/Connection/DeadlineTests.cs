using k8s;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class DeadlineTests : BoundedTest
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Get_NoAnswer_FailsAtTheTimeout()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using IKubernetes kubernetes = server.Client(_clock);

        Task<string> call = kubernetes.GetRawAsync("/readyz", Limit);
        await _clock.WaitedForAsync(TimeSpan.FromSeconds(30), Limit);
        _clock.Advance(TimeSpan.FromSeconds(30));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => call);
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
        using IKubernetes kubernetes = server.Client(_clock);

        Task call = kubernetes.GetAsync(ResourceType.Pods, "default", "a", Limit);
        await begun.Task.WaitAsync(Limit);
        _clock.Advance(TimeSpan.FromSeconds(30));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => call);
        Assert.Equal($"GET pods default/a on {Name(server)}: no answer within 30 s", e.Message);
    }

    public static TheoryData<string, int> HalfAnswers => new()
    {
        { "get", 200 }, { "get", 500 }, { "list", 200 }, { "list", 404 }, { "official", 200 }, { "log", 200 }, { "raw", 200 },
    };

    [Theory]
    [MemberData(nameof(HalfAnswers))]
    public async Task Call_HalfAnAnswer_EndsAtTheTimeout(string kind, int statusCode)
    {
        await using HalfServer server = await HalfServer.StartAsync(statusCode);
        using IKubernetes kubernetes = server.Client(_clock);

        Task call = Call(kubernetes, kind, Limit);
        await server.Begun.WaitAsync(Limit);
        _clock.Advance(TimeSpan.FromSeconds(30));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => call.WaitAsync(Limit));
        Assert.EndsWith(": no answer within 30 s", e.Message, StringComparison.Ordinal);
        Assert.True(e.IsTransient);
    }

    [Theory]
    [MemberData(nameof(HalfAnswers))]
    public async Task Call_CancelledInTheMiddleOfAnAnswer_IsACancellationAndNotAnError(string kind, int statusCode)
    {
        await using HalfServer server = await HalfServer.StartAsync(statusCode);
        using IKubernetes kubernetes = server.Client(_clock);
        using CancellationTokenSource stop = new();

        Task call = Call(kubernetes, kind, stop.Token);
        await server.Begun.WaitAsync(Limit);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Limit));
        Assert.False(Limit.IsCancellationRequested);
    }

    [Fact]
    public async Task Watch_OfTheOfficialClient_IsRefused()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context => context.Response.WriteAsync("{}"));
        using IKubernetes kubernetes = server.Client(_clock);

        await Assert.ThrowsAsync<NotSupportedException>(
            () => kubernetes.CoreV1.ListNamespacedPodWithHttpMessagesAsync("default", watch: true, cancellationToken: Limit));
    }

    [Fact]
    public async Task Call_OnAClientThatHasNoDeadline_IsRefused()
    {
        using k8s.Kubernetes bare = new(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => bare.GetAsync(ResourceType.Pods, "default", "a", Limit));

        Assert.StartsWith("The client was not opened by ClusterConnection.Open.", e.Message, StringComparison.Ordinal);
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
        using IKubernetes kubernetes = server.Client(_clock);
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
        using IKubernetes kubernetes = server.Client(_clock);
        WatchOptions options = new() { ResourceVersion = "1" };
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<WatchEvent> watch = kubernetes.WatchAsync(
            ResourceType.Pods, null, options, stop.Token).GetAsyncEnumerator();

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

            await context.Response.WriteAsync(
                """{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"a","resourceVersion":"2"}}}""" + "\n");
        });
        using AnswerMeter answers = new(server.Address.Port, _ => connected.TrySetResult());
        using IKubernetes kubernetes = server.Client(TimeProvider.System);
        WatchOptions options = new() { ResourceVersion = "1" };
        await using IAsyncEnumerator<WatchEvent> watch = kubernetes.WatchAsync(
            ResourceType.Pods, null, options, Limit).GetAsyncEnumerator();

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal((2, "a"), (connections, watch.Current.Object.Name()));
    }

    private static async Task Call(IKubernetes kubernetes, string kind, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case "get":
                await kubernetes.GetAsync(ResourceType.Pods, "default", "a", cancellationToken);
                break;
            case "list":
                await kubernetes.ListAsync(ResourceType.Pods, null, null, cancellationToken);
                break;
            case "official":
                await kubernetes.CoreV1.ListNamespacedPodAsync("default", cancellationToken: cancellationToken);
                break;
            case "log":
                Stream log = await kubernetes.CoreV1.ReadNamespacedPodLogAsync("a", "default", cancellationToken: cancellationToken);
                using (StreamReader reader = new(log))
                {
                    await reader.ReadToEndAsync(cancellationToken);
                }

                break;
            default:
                await kubernetes.GetRawAsync("/version", cancellationToken);
                break;
        }
    }

    private static string Name(ScriptedServer server) => server.Address.ToString().TrimEnd('/');
}
