using System.Runtime.CompilerServices;

namespace Orchestrator.Kubernetes;

/// <content>Watches.</content>
public sealed partial class KubernetesClient
{
    /// <summary>
    /// Tells the changes of a collection for as long as the caller listens. The watch outlives its connections and outages of up to
    /// <see cref="WatchOptions.MaxOutage"/>; an error before its first success is thrown at once.
    /// <para>
    /// Without <see cref="WatchOptions.ResourceVersion"/> it begins with an Added for each object that is there and a Bookmark
    /// (<see cref="WatchEvent.EndsInitialList"/>), and when the server has forgotten the state the watch was at, it lists again and
    /// tells what differs, ended by such a Bookmark. A Deleted found so carries kind, name, namespace, uid and the last known
    /// resourceVersion only.
    /// </para>
    /// <para>
    /// With it, the watch begins there, and a server that has forgotten that state is an error
    /// (<see cref="KubernetesException.IsExpired"/>): the caller, who has the list, lists again.
    /// </para>
    /// </summary>
    /// <exception cref="KubernetesException">The watch cannot go on.</exception>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, string? @namespace, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using Watcher watcher = new(_connection, ResourceAddress.Collection(type, @namespace), options);
        while (true)
        {
            yield return await watcher.NextAsync(cancellationToken);
        }
    }
}
