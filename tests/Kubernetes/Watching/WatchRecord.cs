using k8s;

namespace Orchestrator.Kubernetes.Tests.Watching;

/// <summary>Listens to a watch and writes down "Added a", "Deleted b", "Listed".</summary>
internal sealed class WatchRecord(IAsyncEnumerable<WatchEvent> watch) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<WatchEvent> _watch = watch.GetAsyncEnumerator();

    /// <summary>The next event that is not a mere bookmark.</summary>
    public async Task<string> NextAsync()
    {
        while (await _watch.MoveNextAsync())
        {
            WatchEvent e = _watch.Current;
            if (e.EndsInitialList)
            {
                return "Listed";
            }

            if (e.Type != WatchEventType.Bookmark && e.Object.Name() != "kube-root-ca.crt")
            {
                return $"{e.Type} {e.Object.Name()}";
            }
        }

        return "Ended";
    }

    /// <summary>This many next events.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(int count)
    {
        List<string> events = [];
        while (events.Count < count)
        {
            events.Add(await NextAsync());
        }

        return events;
    }

    /// <summary>This many next changes, whether or not the watch had to list again in between.</summary>
    public async Task<IReadOnlyList<string>> NextChangesAsync(int count)
    {
        List<string> events = [];
        while (events.Count < count)
        {
            if (await NextAsync() is var e and not "Listed")
            {
                events.Add(e);
            }
        }

        return events;
    }

    public ValueTask DisposeAsync() => _watch.DisposeAsync();
}
