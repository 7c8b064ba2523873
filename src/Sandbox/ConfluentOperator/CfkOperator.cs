using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator.Reconciling;
using Orchestrator.Sandbox.ConfluentOperator.Rolling;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>
/// Does on any Kubernetes API what Confluent's operator does for <c>Kafka</c>, <c>KRaftController</c>, <c>Connect</c> and
/// <c>SchemaRegistry</c> resources: keeps a StatefulSet, services, configurations and a disruption budget for each, reports their status,
/// and rolls brokers and controllers one at a time when their template has changed. It holds no state of its own; run one at a time for a
/// namespace.
/// </summary>
public sealed class CfkOperator : IDisposable
{
    private const string OwnedObjects = "confluent-platform=true";

    private readonly CfkOperatorOptions _options;
    private readonly ILogger _logger;
    private readonly BoxTime _time;
    private readonly bool _ownsTime;
    private readonly ChangeFeed _feed;
    private readonly HttpClient _http = new();
    private readonly Reconciler _reconciler;
    private readonly ConcurrentDictionary<(string Kind, string Namespace, string Name), Lazy<ComponentLoop>> _loops = new();
    private volatile OperatorFaults _faults = OperatorFaults.None;

    /// <summary>Makes an operator; nothing is read or written yet.</summary>
    /// <param name="kubernetes">The API that it works on.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="logger">Takes what it says.</param>
    /// <param name="time">The time of the box that it is a part of. Default: null, the wall clock.</param>
    /// <param name="store">
    /// The objects of that API, where it is in this process: without them skipped time does not wait for the operator. Default: null, it
    /// watches the API.
    /// </param>
    public CfkOperator(
        IKubernetes kubernetes, CfkOperatorOptions options, ILogger logger, BoxTime? time = null, ObjectStore? store = null)
    {
        (_options, _logger, _ownsTime) = (options, logger, time is null);
        _time = time ?? new BoxTime(skips: false);
        _feed = new(kubernetes, options.Namespace, store);
        _reconciler = new(kubernetes, new(new JolokiaReader(_http)), options, logger, _time.Clock);
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
            .. ComponentKind.All.Select(kind => ReadAsync(
                ConfluentResources.Of(kind), null, (_, resource) => WakeWithDependents(kind, resource), stop.Token)),
            ReadAsync(ResourceType.Pods, null, (_, pod) => WakeOwner(pod), stop.Token),
            .. Reconciling.OwnedObjects.Types.Select(type => ReadAsync(
                type,
                OwnedObjects,
                (isGone, owned) =>
                {
                    if (_reconciler.Owned.Observe(type, owned, isGone) || type == ResourceType.StatefulSets)
                    {
                        WakeOwner(owned);
                    }
                },
                stop.Token)),
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

        // What brokers are made of is also what their controllers say.
        void WakeWithDependents(ComponentKind kind, JsonObject resource)
        {
            Wake(kind, resource.Namespace(), resource.Name());
            if (kind == ComponentKind.KRaftController)
            {
                foreach (Lazy<ComponentLoop> loop in _loops.Where(row => row.Key.Kind == ComponentKind.Kafka.Kind).Select(row => row.Value))
                {
                    loop.Value.Wake();
                }
            }
        }

        void Wake(ComponentKind kind, string? @namespace, string name) =>
            _loops.GetOrAdd((kind.Kind, @namespace!, name), _ => new(() =>
            {
                ComponentLoop loop = new(_reconciler, kind, @namespace!, name, _options, () => _faults, _logger, _time);
                running.Add(WatchOverAsync(loop.RunAsync(stop.Token), failure));
                return loop;
            })).Value.Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        if (_ownsTime)
        {
            _time.Dispose();
        }
    }

    private static async Task WatchOverAsync(Task loop, TaskCompletionSource failure)
    {
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loop.Exception is { } exception)
        {
            failure.TrySetException(exception.InnerExceptions);
        }
    }

    private async Task ReadAsync(
        ResourceType type, string? labels, Action<bool, JsonObject> observe, CancellationToken cancellationToken)
    {
        await foreach ((bool isGone, JsonObject obj) in _feed.ReadAsync(type, labels, cancellationToken))
        {
            observe(isGone, obj);
        }
    }
}
