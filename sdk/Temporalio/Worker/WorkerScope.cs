using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Telemetry;
using Temporalio.Worker.Interceptors;

namespace Temporalio.Worker;

/// <summary>What the parts of one worker share.</summary>
internal sealed class WorkerScope
{
    private readonly Lock _lock = new();
    private IWorkerClient _client;

    public WorkerScope(IWorkerClient client, TemporalWorkerOptions options)
    {
        _client = client;
        Options = options;
        TaskQueue = string.IsNullOrEmpty(options.TaskQueue)
            ? throw new ArgumentException("The worker's options name no task queue.", nameof(options))
            : options.TaskQueue;
        Namespace = client.Options.Namespace;
        LoggerFactory = options.LoggerFactory ?? client.Options.LoggerFactory;
        Interceptors = [.. (client.Options.Interceptors ?? []).OfType<IWorkerInterceptor>(), .. options.Interceptors ?? []];
        ServerContact = new(this);
        Metrics = new(Namespace, TaskQueue);
    }

    /// <summary>The client of the calls that start from now on.</summary>
    public IWorkerClient Client
    {
        get
        {
            lock (_lock)
            {
                return _client;
            }
        }

        set
        {
            if (value.Options.Namespace != Namespace)
            {
                throw new ArgumentException(
                    $"The worker polls namespace {Namespace}; a client of namespace {value.Options.Namespace} cannot take over.", nameof(value));
            }

            lock (_lock)
            {
                _client = value;
            }
        }
    }

    public TemporalWorkerOptions Options { get; }

    public string Namespace { get; }

    public string TaskQueue { get; }

    public string Identity => Options.Identity ?? Client.Connection.Options.Identity ?? string.Empty;

    /// <summary>Names this worker to the server for as long as it lives.</summary>
    public string InstanceKey { get; } = Guid.NewGuid().ToString();

    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The outermost first.</summary>
    public IReadOnlyList<IWorkerInterceptor> Interceptors { get; }

    public ServerContact ServerContact { get; }

    public WorkerMetrics Metrics { get; }

    /// <summary>The namespace's limits, once they are known.</summary>
    public PayloadLimits Limits { get; set; } = new(Blob: 0, Memo: 0);

    public TimeProvider TimeProvider => Options.TimeProvider;

    /// <summary>The worker's deployment version as calls carry it; null if it has none.</summary>
    public Api.Deployment.V1.WorkerDeploymentOptions? DeploymentOptions => Options.DeploymentOptions is { Version: { } version } options
        ? new()
        {
            DeploymentName = version.DeploymentName,
            BuildId = version.BuildId,
            WorkerVersioningMode = options.UseWorkerVersioning ? WorkerVersioningMode.Versioned : WorkerVersioningMode.Unversioned,
        }
        : null;
}
