using Temporalio.Worker.Activations;
using Temporalio.Worker.Instances;

namespace Temporalio.Worker.Runs;

/// <summary>
/// The threads that run workflow code. They are apart from the thread pool, so that activities that block it do not hold up workflows,
/// and a workflow that blocks holds up one thread, which is given up after a time.
/// </summary>
internal sealed class WorkflowThreads : IDisposable
{
    /// <summary>How long one activation may take, once the code is compiled.</summary>
    public static readonly TimeSpan DeadlockTimeout = TimeSpan.FromSeconds(2);

    // The first activation compiles the workflow's code, and everything that it calls; a process that has just begun compiles nearly all
    // that it runs, and on a busy machine that takes its time.
    private static readonly TimeSpan ColdDeadlockTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);

    // A monitor rather than a Lock: threads wait on it for work.
    private readonly object _lock = new();
    private readonly Queue<WorkflowThread.Work> _queue = new();
    private readonly HashSet<WorkflowThread> _threads = [];
    private readonly ITimer? _watch;
    private readonly int _maximum;
    private readonly TimeProvider _timeProvider;
    private readonly long _begun;
    private readonly TimeSpan _coldFor;
    private int _idle;
    private bool _isDisposed;

    /// <summary>Makes the threads' home; they are started as they are needed.</summary>
    /// <param name="maximum">The number of threads.</param>
    /// <param name="watchesDeadlocks">Whether code that blocks is given up.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="coldFor">For how long any activation may take as much time as the first of a run.</param>
    public WorkflowThreads(int maximum, bool watchesDeadlocks, TimeProvider timeProvider, TimeSpan coldFor = default)
    {
        _maximum = maximum;
        _timeProvider = timeProvider;
        _begun = timeProvider.GetTimestamp();
        _coldFor = coldFor;
        _watch = watchesDeadlocks ? timeProvider.CreateTimer(_ => GiveUpBlocked(), null, WatchInterval, WatchInterval) : null;
    }

    /// <summary>Begins a function on one of the threads. It may leave the thread by waiting, and come back with its next activation.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="function">The function.</param>
    /// <returns>The result.</returns>
    /// <exception cref="WorkflowDeadlockException">Workflow code that the function called held the thread for too long.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> function)
    {
        WorkflowThread.Work<T> work = new(function);
        Queue(work);
        return work.Task;
    }

    /// <summary>Runs an activation: here, if this is one of the threads, and else on one.</summary>
    /// <param name="instance">The workflow.</param>
    /// <param name="activation">The jobs.</param>
    /// <param name="isFirst">Whether the workflow's code may have to be compiled.</param>
    /// <returns>What the code did.</returns>
    /// <exception cref="WorkflowDeadlockException">The code held the thread for too long.</exception>
    public async ValueTask<ActivationCompletion> ActivateAsync(WorkflowInstance instance, Activation activation, bool isFirst)
    {
        TimeSpan limit = isFirst || _timeProvider.GetElapsedTime(_begun) < _coldFor ? ColdDeadlockTimeout : DeadlockTimeout;
        return WorkflowThread.Current is { } thread && thread.Owner == this
            ? thread.Activate(instance, activation, limit)
            : await RunAsync(() => Task.FromResult(WorkflowThread.Current!.Activate(instance, activation, limit)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch?.Dispose();
        lock (_lock)
        {
            _isDisposed = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>The next work for a thread; null if the thread is to end.</summary>
    internal WorkflowThread.Work? Take(WorkflowThread thread)
    {
        lock (_lock)
        {
            _idle++;
            while (_queue.Count == 0 && !_isDisposed && !thread.IsGivenUp)
            {
                Monitor.Wait(_lock);
            }

            _idle--;
            return _isDisposed || thread.IsGivenUp ? null : _queue.Dequeue();
        }
    }

    internal long Now() => _timeProvider.GetTimestamp();

    private void Queue(WorkflowThread.Work work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _queue.Enqueue(work);
            if (_queue.Count > _idle && _threads.Count < _maximum)
            {
                StartThread();
            }

            Monitor.Pulse(_lock);
        }
    }

    private void StartThread()
    {
        WorkflowThread thread = new(this);
        _threads.Add(thread);
        thread.Start();
    }

    private void GiveUpBlocked()
    {
        lock (_lock)
        {
            foreach (WorkflowThread blocked in _threads.Where(thread => thread.IsOverdue(_timeProvider)).ToArray())
            {
                _threads.Remove(blocked);
                blocked.GiveUp();
                if (_queue.Count > 0 && !_isDisposed)
                {
                    StartThread();
                }
            }
        }
    }
}
