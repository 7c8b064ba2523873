using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator.Reconciling;
using Orchestrator.Sandbox.ConfluentOperator.Rolling;

namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>
/// Does on any Kubernetes API what Confluent's operator does for <c>Kafka</c>, <c>KRaftController</c>, <c>Connect</c> and
/// <c>SchemaRegistry</c> resources: keeps a StatefulSet, services, configurations and a disruption budget for each, reports their status,
/// and rolls brokers and controllers one at a time when their template has changed. It holds no state of its own; run one at a time for a
/// namespace.
/// </summary>
public sealed class CfkOperator : IDisposable
{
    private readonly IKubernetes _kubernetes;
    private readonly CfkOperatorOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly HttpClient _http = new();
    private readonly Reconciler _reconciler;
    private readonly ConcurrentDictionary<(string Kind, string Namespace, string Name), Lazy<ComponentLoop>> _loops = new();
    private volatile OperatorFaults _faults = OperatorFaults.None;

    /// <summary>Makes an operator; nothing is read or written yet.</summary>
    public CfkOperator(IKubernetes kubernetes, CfkOperatorOptions options, ILogger logger, TimeProvider timeProvider)
    {
        _kubernetes = kubernetes;
        _options = options;
        _logger = logger;
        _timeProvider = timeProvider;
        _reconciler = new(kubernetes, new(new JolokiaReader(_http)), options, logger, timeProvider);
    }

    /// <summary>How the operator misbehaves, from the next step on. Default: <see cref="OperatorFaults.None"/>.</summary>
    public OperatorFaults Faults
    {
        get => _faults;
        set
        {
            _faults = value;
            foreach (Lazy<ComponentLoop> loop in _loops.Values)
            {
                loop.Value.Wake();
            }
        }
    }

    /// <summary>Runs until cancelled, and may be run again then. Another one can take over at any point.</summary>
    /// <exception cref="ApiException">
    /// The API cannot be watched: the resources are unknown, or the server was away for too long.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TaskCompletionSource failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ConcurrentBag<Task> running = [];
        Task[] watches =
        [
            .. ComponentKind.All.Select(kind => WatchAsync(
                ConfluentResources.Of(kind), resource => Wake(kind, resource.Namespace(), resource.Name()), stop.Token)),
            WatchAsync(ResourceType.StatefulSets, WakeOwner, stop.Token),
            WatchAsync(ResourceType.Pods, WakeOwner, stop.Token),
        ];
        try
        {
            // Nothing of it ends by itself: the first to end has failed, or was cancelled.
            await await Task.WhenAny([.. watches, failure.Task]);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([.. watches, .. running]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _loops.Clear();
        }

        void WakeOwner(JsonObject owned)
        {
            string? type = owned.Label("platform.confluent.io/type");
            ComponentKind? kind = ComponentKind.All.FirstOrDefault(each => each.Type == type);
            if (kind is not null && owned.Label("app") is { } name)
            {
                Wake(kind, owned.Namespace(), name);
            }
        }

        void Wake(ComponentKind kind, string? @namespace, string name) =>
            _loops.GetOrAdd((kind.Kind, @namespace!, name), _ => new(() =>
            {
                ComponentLoop loop = new(_reconciler, kind, @namespace!, name, _options, () => _faults, _logger, _timeProvider);
                running.Add(WatchOverAsync(loop.RunAsync(stop.Token), failure));
                return loop;
            })).Value.Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task WatchOverAsync(Task loop, TaskCompletionSource failure)
    {
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loop.Exception is { } exception)
        {
            failure.TrySetException(exception.InnerExceptions);
        }
    }

    private async Task WatchAsync(ResourceType type, Action<JsonObject> wake, CancellationToken cancellationToken)
    {
        WatchOptions options = new() { MaxOutage = Timeout.InfiniteTimeSpan };
        await foreach (WatchEvent change in _kubernetes.WatchAsync(type, _options.Namespace, options, cancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark)
            {
                wake(change.Object);
            }
        }
    }
}
