using System.Threading.Channels;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Loop;

/// <summary>
/// Runs all controllers of a cluster, one step at a time and in one order: first every change that the store tells is taken in, then what
/// an alarm or another thread has asked for is done, then one object is reconciled, and so on. It sleeps while there is nothing of the
/// kind, and lets the clock move only then.
/// </summary>
internal sealed class ControlLoop : IAsyncDisposable
{
    // The work queue of a real controller waits so between two tries.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1000);

    private readonly ObjectStore _store;
    private readonly BoxTime _time;
    private readonly StoreReader _reader;
    private readonly List<IController> _controllers = [];
    private readonly Queue<(IController Controller, ObjectKey Key)> _due = new();
    private readonly HashSet<(IController Controller, ObjectKey Key)> _queued = [];
    private readonly Dictionary<(IController Controller, ObjectKey Key), int> _failures = [];
    private readonly Dictionary<(IController Controller, ObjectKey Key), (DateTimeOffset At, IDisposable Alarm)> _alarms = [];
    private readonly Channel<Posted> _posted = Channel.CreateUnbounded<Posted>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<LaterAct> _later = [];
    private readonly List<IDisposable> _holds = [];
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _failed;
    private Task _running = Task.CompletedTask;

    public ControlLoop(ObjectStore store, BoxTime time)
    {
        (_store, _time) = (store, time);
        _reader = store.WatchAll("controllers");
    }

    /// <summary>The pods as they have been read so far.</summary>
    public PodCache Pods { get; } = new();

    /// <summary>Who owns what, as it has been read so far.</summary>
    public OwnerIndex Owners { get; } = new();

    /// <summary>The time now.</summary>
    public DateTimeOffset Now => _time.Now;

    /// <summary>Ends when the loop does: by being stopped, or with the exception that no controller expected.</summary>
    public Task Completion => _running;

    /// <summary>Adds a controller; before the start.</summary>
    public void Add(IController controller) => _controllers.Add(controller);

    /// <summary>Takes in what is there, and runs until disposed of.</summary>
    public void Start()
    {
        foreach (StoredObject obj in _reader.List.Objects)
        {
            Take(new StoreEvent(StoreEventType.Added, obj, null));
        }

        foreach (StoredObject obj in _reader.List.Objects)
        {
            Tell(new StoreEvent(StoreEventType.Added, obj, null));
        }

        _running = Task.Run(RunAsync);
    }

    /// <summary>Has an object reconciled soon; once, however often it is asked for before that.</summary>
    public void Enqueue(IController controller, ObjectKey key)
    {
        if (_queued.Add((controller, key)))
        {
            _due.Enqueue((controller, key));
        }
    }

    /// <summary>Has something done by the loop after a time.</summary>
    /// <returns>Calls it off when disposed of, unless it has begun.</returns>
    public IDisposable After(TimeSpan time, string what, Action act) => _time.After(time, what, () => Post(what, act));

    /// <summary>As <see cref="After"/>, and only the end of the loop calls it off.</summary>
    public void Later(TimeSpan time, string what, Action act)
    {
        LaterAct later = new();
        later.Alarm = After(time, what, () =>
        {
            _later.Remove(later);
            act();
        });
        _later.Add(later);
    }

    /// <summary>
    /// Has an object reconciled again after a time, unless that happens before for another reason: each look says anew when the next is
    /// due. Of several times the first counts.
    /// </summary>
    public void EnqueueAfter(TimeSpan time, string what, IController controller, ObjectKey key)
    {
        DateTimeOffset at = Now + time;
        if (_alarms.TryGetValue((controller, key), out (DateTimeOffset At, IDisposable Alarm) set))
        {
            if (set.At <= at)
            {
                return;
            }

            set.Alarm.Dispose();
        }

        _alarms[(controller, key)] = (at, After(time, what, () => Enqueue(controller, key)));
    }

    /// <summary>Has something done by the loop as soon as it can; from any thread.</summary>
    public void Post(string what, Action act)
    {
        Posted posted = new(act, _time, what);
        if (!_posted.Writer.TryWrite(posted))
        {
            posted.Hold.Dispose();
        }
    }

    /// <summary>As <see cref="Post"/>, and waits until it is done and everything that followed from it at once.</summary>
    public Task InvokeAsync(string what, Action act)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(what, () =>
        {
            try
            {
                act();
                done.TrySetResult();
            }
            catch (Exception e) when (e is StatusException or ArgumentException or InvalidOperationException)
            {
                done.TrySetException(e);
            }
        });
        return done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _posted.Writer.TryComplete();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_posted.Reader.TryRead(out Posted? left))
        {
            left.Hold.Dispose();
        }

        foreach (IDisposable alarm in _later.Select(each => each.Alarm!).Concat(_alarms.Values.Select(each => each.Alarm)))
        {
            alarm.Dispose();
        }

        LetGo();
        _failed?.Dispose();
        _reader.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            Task<bool>? changes = null;
            Task<bool>? asked = null;
            while (true)
            {
                Work();
                changes = changes is { IsCompleted: false } ? changes : _reader.WaitAsync(_stop.Token).AsTask();
                asked = asked is { IsCompleted: false } ? asked : _posted.Reader.WaitToReadAsync(_stop.Token).AsTask();
                LetGo();
                if (!await (await Task.WhenAny(changes, asked).ConfigureAwait(false)).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception e)
        {
            // Whoever waits for the clock is told why it stands.
            _failed = _time.Hold($"the controllers have failed: {e.Message}");
            LetGo();
            throw;
        }
    }

    private void Work()
    {
        while (true)
        {
            while (_reader.TryRead(out StoreEvent? change))
            {
                Take(change);
                Tell(change);
            }

            if (_posted.Reader.TryRead(out Posted? posted))
            {
                _holds.Add(posted.Hold);
                posted.Act();
            }
            else if (_due.TryDequeue(out (IController Controller, ObjectKey Key) next))
            {
                _queued.Remove(next);
                Reconcile(next.Controller, next.Key);
            }
            else
            {
                return;
            }
        }
    }

    private void Take(StoreEvent change)
    {
        Owners.Observe(change);
        if (change.Object.Key.Resource == PodCache.Resource)
        {
            Pods.Observe(change);
        }
    }

    private void Tell(StoreEvent change)
    {
        foreach (IController controller in _controllers)
        {
            controller.Observe(change);
        }
    }

    private void Reconcile(IController controller, ObjectKey key)
    {
        if (_alarms.Remove((controller, key), out (DateTimeOffset At, IDisposable Alarm) alarm))
        {
            alarm.Alarm.Dispose();
        }

        try
        {
            controller.Reconcile(key);
            _failures.Remove((controller, key));
        }
        catch (StatusException e) when (!_stop.IsCancellationRequested)
        {
            if (e.IsNotFound && _store.Find(key) is null)
            {
                _failures.Remove((controller, key));
                return;
            }

            int failures = _failures[(controller, key)] = _failures.GetValueOrDefault((controller, key)) + 1;
            double wait = Math.Min(FirstRetry.TotalSeconds * Math.Pow(2, failures - 1), LongestRetry.TotalSeconds);
            EnqueueAfter(TimeSpan.FromSeconds(wait), $"{controller.Name} tries {key} again", controller, key);
        }
    }

    private void LetGo()
    {
        foreach (IDisposable hold in _holds)
        {
            hold.Dispose();
        }

        _holds.Clear();
    }

    private sealed class LaterAct
    {
        public IDisposable? Alarm { get; set; }
    }

    private sealed class Posted(Action act, BoxTime time, string what)
    {
        public Action Act { get; } = act;

        public IDisposable Hold { get; } = time.Hold(what);
    }
}
