using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>
/// Reads the objects of some resources, and then every change of them, in the order of revisions over all of these resources. One caller
/// at a time reads; an event counts as read once the caller has come back for the next.
/// </summary>
public sealed class StoreReader : IDisposable
{
    private readonly ObjectStore _store;
    // Null: all of them.
    private readonly HashSet<GroupResource>? _resources;
    private readonly Queue<StoreEvent> _unread = new();
    private readonly int _capacity;
    private TaskCompletionSource<bool>? _waiting;
    private bool _isOver;

    internal StoreReader(ObjectStore store, string name, IEnumerable<GroupResource>? resources, ObjectList list, int capacity) =>
        (_store, Name, _resources, List, _capacity) = (store, name, resources?.ToHashSet(), list, capacity);

    /// <summary>Who reads.</summary>
    public string Name { get; }

    /// <summary>The objects that were there at the beginning, and the revision that the events go on from.</summary>
    public ObjectList List { get; }

    /// <summary>Whether the caller has read every event and waits for the next.</summary>
    public bool HasReadAll => _store.Look(() => IsWaiting);

    /// <summary>Whether it was ended because it read far too slowly, or was disposed of; what it had not read is lost.</summary>
    public bool IsOver => _store.Look(() => _isOver);

    /// <summary>The next event, if there is one by now.</summary>
    public bool TryRead([NotNullWhen(true)] out StoreEvent? change)
    {
        change = _store.Look(() => _unread.TryDequeue(out StoreEvent? next) ? next : null);
        return change is not null;
    }

    /// <summary>Waits until there is an event to read; false once the reader is over.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool>? waiting = null;
        bool isOver = _store.Look(() =>
        {
            waiting = _unread.Count > 0 || _isOver ? null : _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _isOver;
        });
        if (waiting is null)
        {
            return !isOver;
        }

        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => waiting.TrySetCanceled(cancellationToken));
        return await waiting.Task.ConfigureAwait(false);
    }

    /// <summary>The next event, as soon as there is one.</summary>
    /// <exception cref="ObjectDisposedException">The reader is over.</exception>
    public async ValueTask<StoreEvent> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryRead(out StoreEvent? change))
            {
                return change;
            }

            ObjectDisposedException.ThrowIf(!await WaitAsync(cancellationToken).ConfigureAwait(false), this);
        }
    }

    /// <summary>Every event from now on, until cancelled or over.</summary>
    public async IAsyncEnumerable<StoreEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            while (TryRead(out StoreEvent? change))
            {
                yield return change;
            }
        }
        while (await WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Look(() =>
        {
            End();
            return _store.Readers.Remove(this);
        });
    }

    /// <summary>Whether the caller waits for the next event. Under the store's lock.</summary>
    internal bool IsWaiting => _waiting is not null;

    /// <summary>Takes an event that it is interested in. Under the store's lock.</summary>
    internal void Offer(StoreEvent change)
    {
        if (_isOver || _resources?.Contains(change.Object.Key.Resource) == false)
        {
            return;
        }

        if (_unread.Count == _capacity)
        {
            End();
            return;
        }

        _unread.Enqueue(change);
        Wake(true);
    }

    private void End()
    {
        _isOver = true;
        _unread.Clear();
        Wake(false);
    }

    private void Wake(bool hasMore)
    {
        _waiting?.TrySetResult(hasMore);
        _waiting = null;
    }
}

/// <summary>The readers of a store, for whom the box's clock waits.</summary>
internal sealed class ReadersOfStore(ObjectStore store) : IClockHolder
{
    public bool IsBusy => store.Readers.Exists(reader => !reader.IsWaiting);

    public IEnumerable<string> Holders() => store.Readers.Where(reader => !reader.IsWaiting).Select(reader => reader.Name);
}
