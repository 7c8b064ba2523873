namespace Temporalio.Client;

/// <summary>A connection to a server, for any number of clients and threads.</summary>
public interface ITemporalConnection
{
    /// <summary>The API key, sent as a bearer token; setting it takes effect with the next call.</summary>
    string? ApiKey { get; set; }

    /// <summary>Whether the server was reached once; the connection is made again when it breaks.</summary>
    bool IsConnected { get; }

    /// <summary>Raw calls of the operator service.</summary>
    OperatorService OperatorService { get; }

    /// <summary>The options that the connection was made with.</summary>
    TemporalConnectionOptions Options { get; }

    /// <summary>Binary headers of all calls; setting them takes effect with the next call.</summary>
    IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata { get; set; }

    /// <summary>Headers of all calls; setting them takes effect with the next call.</summary>
    IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata { get; set; }

    /// <summary>Raw calls of the test service.</summary>
    TestService TestService { get; }

    /// <summary>Raw calls of the workflow service.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>Whether the server says that a service is healthy.</summary>
    /// <param name="service">The service; null for the workflow service.</param>
    /// <param name="options">Options of the call.</param>
    Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null);

    /// <summary>Reaches the server, if that has not happened yet.</summary>
    /// <exception cref="InvalidOperationException">The server cannot be reached.</exception>
    Task ConnectAsync();
}
