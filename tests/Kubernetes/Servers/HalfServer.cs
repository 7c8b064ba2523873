using k8s;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>A server that begins every answer and never ends it.</summary>
internal sealed class HalfServer : IAsyncDisposable
{
    private readonly ScriptedServer _server;
    private readonly TaskCompletionSource _begun;
    private readonly AnswerMeter _answers;

    private HalfServer(ScriptedServer server, TaskCompletionSource begun)
    {
        _server = server;
        _begun = begun;
        _answers = new(server.Address.Port, _ => begun.TrySetResult());
    }

    /// <summary>Completes when a client has the beginning of an answer.</summary>
    public Task Begun => _begun.Task;

    public static async Task<HalfServer> StartAsync(int statusCode) => new(
        await ScriptedServer.StartAsync(async context =>
        {
            context.Response.StatusCode = statusCode;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"items\": [");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }),
        new(TaskCreationOptions.RunContinuationsAsynchronously));

    public IKubernetes Client(TimeProvider timeProvider) => _server.Client(timeProvider);

    public ValueTask DisposeAsync()
    {
        _answers.Dispose();
        return _server.DisposeAsync();
    }
}
