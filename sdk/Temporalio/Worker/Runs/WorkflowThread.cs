using System.Diagnostics.CodeAnalysis;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Instances;

namespace Temporalio.Worker.Runs;

/// <summary>A thread that runs workflow code.</summary>
/// <param name="owner">Where it takes work from.</param>
internal sealed class WorkflowThread(WorkflowThreads owner)
{
    [ThreadStatic]
    private static WorkflowThread? _current;

    private readonly Lock _lock = new();
    private ExecutionContext _context = null!;
    private Work? _work;
    private string? _activated;
    private long _since;
    private TimeSpan _limit;

    /// <summary>The calling thread; null if it is another kind of thread.</summary>
    public static WorkflowThread? Current => _current;

    public WorkflowThreads Owner => owner;

    /// <summary>Whether the thread is blocked by workflow code and was replaced.</summary>
    public bool IsGivenUp { get; private set; }

    public void Start() => new Thread(Loop) { IsBackground = true, Name = "Temporal workflows" }.UnsafeStart();

    /// <summary>Runs an activation, under watch.</summary>
    public ActivationCompletion Activate(WorkflowInstance instance, Activation activation, TimeSpan limit)
    {
        lock (_lock)
        {
            _activated = $"{instance.Info.WorkflowType} (id {instance.Info.WorkflowId}, run {instance.Info.RunId})";
            _since = owner.Now();
            _limit = limit;
        }

        try
        {
            return instance.Activate(activation, _context);
        }
        finally
        {
            lock (_lock)
            {
                _activated = null;
            }
        }
    }

    /// <summary>Whether workflow code has held the thread for too long.</summary>
    public bool IsOverdue(TimeProvider timeProvider)
    {
        lock (_lock)
        {
            return _activated is not null && timeProvider.GetElapsedTime(_since) > _limit;
        }
    }

    /// <summary>Ends the work that the thread is blocked by; the thread itself ends when it is unblocked.</summary>
    public void GiveUp()
    {
        lock (_lock)
        {
            IsGivenUp = true;
            _work?.Fail(new WorkflowDeadlockException(_activated ?? "that has ended meanwhile", _limit));
        }
    }

    private void Loop()
    {
        _current = this;
        _context = ExecutionContext.Capture()!;
        while (owner.Take(this) is { } work)
        {
            lock (_lock)
            {
                _work = work;
            }

            work.Begin();
        }
    }

    /// <summary>Work for a thread.</summary>
    internal abstract class Work
    {
        public abstract void Begin();

        public abstract void Fail(Exception exception);
    }

    /// <summary>Work with a result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="function">The work.</param>
    internal sealed class Work<T>(Func<Task<T>> function) : Work
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _source.Task;

        [SuppressMessage("Reliability", "CA2008", Justification = "The continuation only passes the result on.")]
        public override void Begin() => function().ContinueWith(
            ended => _source.TrySetFromTask(ended),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        public override void Fail(Exception exception) => _source.TrySetException(exception);
    }
}
