using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.ConfluentOperator.Reconciling;

/// <summary>
/// Where the operator hears of objects: from watches of the API, or, in the process of a box, from its store. Skipped time waits for who
/// reads the store; it cannot know what is still on its way to the reader of a watch.
/// </summary>
internal sealed class ChangeFeed(IKubernetes kubernetes, string? @namespace, ObjectStore? store)
{
    /// <summary>What is there, then whatever comes, changes or goes, until cancelled.</summary>
    /// <param name="type">Of which resource.</param>
    /// <param name="labels">A label selector; null: all. It spares the API work: the store tells of all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">The API cannot be watched.</exception>
    public IAsyncEnumerable<(bool IsGone, JsonObject Object)> ReadAsync(
        ResourceType type, string? labels, CancellationToken cancellationToken) =>
        store is null ? WatchAsync(type, labels, cancellationToken) : ReadStoreAsync(store, type, cancellationToken);

    private async IAsyncEnumerable<(bool IsGone, JsonObject Object)> WatchAsync(
        ResourceType type, string? labels, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WatchOptions options = new() { MaxOutage = Timeout.InfiniteTimeSpan, LabelSelector = labels };
        await foreach (WatchEvent change in kubernetes.WatchAsync(type, @namespace, options, cancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark)
            {
                yield return (change.Type == WatchEventType.Deleted, change.Object);
            }
        }
    }

    private async IAsyncEnumerable<(bool IsGone, JsonObject Object)> ReadStoreAsync(
        ObjectStore from, ResourceType type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StoreReader reader = from.Watch($"operator, of {type.Plural}", [GroupResource.FromResourceType(type)]);
        foreach (StoredObject obj in reader.List.Objects.Where(IsServed))
        {
            yield return (false, obj.ToJson());
        }

        await foreach (StoreEvent change in reader.ReadAllAsync(cancellationToken))
        {
            if (IsServed(change.Object))
            {
                yield return (change.Type == StoreEventType.Deleted, change.Object.ToJson());
            }
        }
    }

    private bool IsServed(StoredObject obj) => @namespace is null || obj.Namespace == @namespace;
}
