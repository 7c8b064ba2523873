using Temporalio.Client;

namespace Temporalio.Worker;

/// <summary>A client that a worker can run on.</summary>
public interface IWorkerClient
{
    /// <summary>The options of the client.</summary>
    TemporalClientOptions Options { get; }
}
