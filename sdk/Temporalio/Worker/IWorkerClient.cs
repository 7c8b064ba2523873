using Temporalio.Client;

namespace Temporalio.Worker;

/// <summary>What a worker needs of a client; every <see cref="ITemporalClient"/> is one.</summary>
public interface IWorkerClient
{
    /// <summary>The connection that the worker polls and reports on.</summary>
    ITemporalConnection Connection { get; }

    /// <summary>The options of the client: its namespace, its data converter, its interceptors, its logging.</summary>
    TemporalClientOptions Options { get; }
}
