using Orchestrator.Sandbox.Temporal.Services;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Temporal;

/// <summary>
/// A connection to the server that can be ended as if the process behind it were killed: from that instant nothing that comes over it is
/// answered, what its worker had is lost, and the waits of its activities never wake. Nobody tells the worker; a second one starts.
/// </summary>
public sealed class BoxConnection : IDisposable
{
    private const string Header = "orchestrator-box-connection";

    private readonly ServerState _state;
    private readonly CancellationTokenSource _ended = new();
    private readonly string _id;

    private BoxConnection(ServerState state, string id, ITemporalClient client)
    {
        _state = state;
        _id = id;
        Client = client;
    }

    /// <summary>The client.</summary>
    public ITemporalClient Client { get; }

    /// <summary>Cancelled when it is ended: for other servers of the box, which refuse its calls from then on too.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>
    /// What a worker in a box needs: it tells each heartbeat at once, so that a cancel arrives while the clock stands; and a machine that
    /// is busy for seconds does not count as a deadlock of its workflows: one that there is stops the clock, and that is told.
    /// </summary>
    public static TemporalWorkerOptions WorkerOptions(string taskQueue) => new(taskQueue)
    {
        MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(1),
        DefaultHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(1),
        DebugMode = true,
        MaxConcurrentWorkflowTaskPolls = 2,
        MaxConcurrentActivityTaskPolls = 2,
    };

    /// <summary>Ends it.</summary>
    public void End()
    {
        _state.Change(() => Connections.End(_state, _id));
        _ended.Cancel();
    }

    /// <summary>Answers whatever still comes over it with nothing, so that a worker that is ended can be cleared away.</summary>
    public void Dispose()
    {
        _state.Change(() =>
        {
            Connections.End(_state, _id);
            return _state.Ended[_id].TrySetResult();
        });
        _ended.Dispose();
    }

    internal static async Task<BoxConnection> OpenAsync(ServerState state, string address, TemporalClientConnectOptions? options)
    {
        string id = Guid.NewGuid().ToString("N");
        options = (TemporalClientConnectOptions?)options?.Clone() ?? new();
        options.TargetHost = address;
        options.RpcMetadata = [.. options.RpcMetadata ?? [], new(Header, id)];
        return new BoxConnection(state, id, await TemporalClient.ConnectAsync(options).ConfigureAwait(false));
    }

    /// <summary>The id of the connection of a client; null where it is none of these.</summary>
    internal static string? IdOf(ITemporalClient client) =>
        client.Connection.RpcMetadata.Where(row => row.Key == Header).Select(row => row.Value).FirstOrDefault();

    /// <summary>The id of the connection that a request comes over.</summary>
    internal static string IdOf(Microsoft.AspNetCore.Http.HttpContext context) =>
        context.Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues id)
            ? id.ToString()
            : context.Connection.Id;
}
