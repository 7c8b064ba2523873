using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;

namespace Orchestrator.Kubernetes;

/// <summary>
/// A watch that resumes by itself: it opens the next connection where the last one ended, bears with outages, and, where it may
/// (the caller gave no resourceVersion), lists again when the server has forgotten the state it was at.
/// </summary>
internal sealed class ResourceWatch : IAsyncDisposable
{
    // The server closes the connection itself; ours is for the case that it does not.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly ClusterClient _client;
    private readonly ResourceAddress _collection;
    private readonly WatchOptions _options;
    private readonly KnownObjects _known;
    private readonly Queue<WatchEvent> _pending = new();
    private readonly Outage _outage;
    private string? _resourceVersion;
    private ListReader? _list;
    private IAsyncEnumerator<JsonObject>? _listed;
    private WatchStream? _stream;

    public ResourceWatch(ClusterClient client, ResourceAddress collection, WatchOptions options)
    {
        _client = client;
        _collection = collection;
        _options = options;
        _known = new KnownObjects(collection.Type);
        _outage = new Outage(options.MaxOutage, client.TimeProvider);
        _resourceVersion = options.ResourceVersion;
    }

    public async Task<WatchEvent> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_pending.TryDequeue(out WatchEvent? told))
            {
                return told;
            }

            try
            {
                await (_resourceVersion is null ? ListNextAsync(cancellationToken) : WatchNextAsync(cancellationToken));
                _outage.IsOver();
            }
            catch (ApiException e) when (e.IsExpired && _options.ResourceVersion is null)
            {
                await CloseAsync();
                _resourceVersion = null;
                await _outage.PaceAsync(cancellationToken);
            }
            catch (ApiException e) when (e.IsTransient && _outage.MayGoOn)
            {
                await CloseAsync();
                await _outage.WaitAsync(e, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => CloseAsync();

    private async Task ListNextAsync(CancellationToken cancellationToken)
    {
        if (_listed is null)
        {
            _known.BeginList();
            _list = new ListReader(
                _client, _collection, new ListOptions { LabelSelector = _options.LabelSelector, FieldSelector = _options.FieldSelector });
            _listed = _list.StreamAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        }

        if (await _listed.MoveNextAsync())
        {
            EnqueueAll(_known.Listed(_listed.Current));
            return;
        }

        EnqueueAll(_known.EndList());
        _resourceVersion = _list!.ResourceVersion;
        _pending.Enqueue(new WatchEvent(WatchEventType.Bookmark, EndOfList(_resourceVersion!)));
        await CloseAsync();
    }

    private async Task WatchNextAsync(CancellationToken cancellationToken)
    {
        if (_stream is null)
        {
            _stream = await OpenAsync(cancellationToken);
            _outage.IsConnected();
        }

        if (await _stream.ReadAsync(cancellationToken) is not { } change)
        {
            bool toldNothing = !_stream.HasTold;
            await CloseAsync();
            if (toldNothing)
            {
                await _outage.PaceAsync(cancellationToken);
            }

            return;
        }

        _resourceVersion = change.Object.ResourceVersion();
        if (change.Type != WatchEventType.Bookmark && _options.ResourceVersion is null)
        {
            _known.Told(change);
        }

        _pending.Enqueue(change);
    }

    private async Task<WatchStream> OpenAsync(CancellationToken cancellationToken)
    {
        ListQuery query = new()
        {
            LabelSelector = _options.LabelSelector,
            FieldSelector = _options.FieldSelector,
            ResourceVersion = _resourceVersion,
            WatchSeconds = (int)Math.Clamp(_options.ConnectionLifetime.TotalSeconds, 1, int.MaxValue),
        };
        HttpOperationResponse<LiveAnswer> answer = await _collection.ListAsync<LiveAnswer>(_client.CustomObjects, query, cancellationToken);
        return new WatchStream(answer.Body, _options.ConnectionLifetime + Grace, _client.TimeProvider);
    }

    private void EnqueueAll(IEnumerable<WatchEvent> events)
    {
        foreach (WatchEvent e in events)
        {
            _pending.Enqueue(e);
        }
    }

    private JsonObject EndOfList(string resourceVersion) => new()
    {
        ["apiVersion"] = _collection.Type.ApiVersion,
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = resourceVersion,
            ["annotations"] = new JsonObject { [WatchEvent.InitialEventsEnd] = "true" },
        },
    };

    private async ValueTask CloseAsync()
    {
        _stream?.Dispose();
        _stream = null;
        if (_listed is not null)
        {
            await _listed.DisposeAsync();
            _listed = null;
        }
    }
}
