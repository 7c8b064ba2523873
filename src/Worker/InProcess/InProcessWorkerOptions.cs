using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Worker.InProcess;

/// <summary>How a worker in the process of its caller runs.</summary>
public sealed class InProcessWorkerOptions
{
    /// <summary>The connection that it works over.</summary>
    public required ITemporalClient Client { get; set; }

    /// <summary>Its task queue, and how it polls; workflows and activities are added.</summary>
    public required TemporalWorkerOptions Worker { get; set; }

    /// <summary>
    /// Its configuration, such as <c>Orchestrator:Clusters:lab:Kubeconfig</c>; no file and no variable counts. Default: empty.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Settings { get; set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The clock that its activities read. Default: the wall clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>How its activities wait for the world. Default: null, by <see cref="Clock"/>.</summary>
    public Func<TimeSpan, CancellationToken, Task>? Wait { get; set; }

    /// <summary>What stands before its activities, outside of what lets them act or not. Default: nothing.</summary>
    public IReadOnlyList<IWorkerInterceptor> Interceptors { get; set; } = [];
}
