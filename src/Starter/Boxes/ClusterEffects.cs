using System.Text.Json;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Starter.Boxes;

/// <summary>What happens to the resources and pods of a cluster in the box, in order, from when this is made.</summary>
internal sealed class ClusterEffects : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Effect> _effects = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly StoreReader _reader;
    private readonly Task _reading;

    /// <summary>Begins to watch.</summary>
    public ClusterEffects(ObjectStore store, TimeProvider clock)
    {
        _reader = store.Watch(
            "what happens to the cluster", [ResourceType.Pods, ConfluentResources.Kafkas, ConfluentResources.KRaftControllers]);
        _reading = ReadAsync(clock);
    }

    /// <summary>What has happened so far.</summary>
    public IReadOnlyList<Effect> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _effects];
            }
        }
    }

    /// <summary>How many pods were told to go.</summary>
    public int Restarts => Seen.Count(effect => effect.IsRestart);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reader.Dispose();
        _stop.Dispose();
    }

    private static (string What, string? Restarted)? Describe(StoreEvent change)
    {
        StoredObject now = change.Object;
        if (now.Key.Resource.Resource != "pods")
        {
            return change.Type == StoreEventType.Modified && Generation(now) != Generation(change.Previous!)
                ? ($"{now.Key.Resource.Resource} {now.Namespace}/{now.Name} is written, generation {Generation(now)}", null)
                : null;
        }

        return change switch
        {
            { Type: StoreEventType.Modified, Previous.IsBeingDeleted: false } when now.IsBeingDeleted =>
                ($"pod {now.Namespace}/{now.Name} is restarted", now.Name),
            { Type: StoreEventType.Modified } when IsReady(now) && !IsReady(change.Previous!) =>
                ($"pod {now.Namespace}/{now.Name} is Ready again", null),
            _ => null,
        };
    }

    private static long Generation(StoredObject obj) => obj.Metadata.GetProperty("generation").GetInt64();

    private static bool IsReady(StoredObject pod) =>
        pod.Status.TryGetProperty("conditions", out JsonElement conditions)
        && conditions.EnumerateArray().Any(condition =>
            condition.GetProperty("type").GetString() == "Ready" && condition.GetProperty("status").GetString() == "True");

    private async Task ReadAsync(TimeProvider clock)
    {
        await foreach (StoreEvent change in _reader.ReadAllAsync(_stop.Token))
        {
            if (Describe(change) is (string what, var restarted))
            {
                lock (_gate)
                {
                    _effects.Add(new(clock.GetUtcNow(), what, restarted));
                }
            }
        }
    }

    /// <summary>One thing that happened.</summary>
    /// <param name="At">When.</param>
    /// <param name="What">What, in a few words.</param>
    /// <param name="Pod">The pod that was told to go, where it is that.</param>
    internal sealed record Effect(DateTimeOffset At, string What, string? Pod)
    {
        /// <summary>Whether it is that a pod was told to go.</summary>
        public bool IsRestart => Pod is not null;
    }
}
