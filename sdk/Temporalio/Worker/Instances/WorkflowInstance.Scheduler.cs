using Temporalio.Exceptions;

namespace Temporalio.Worker.Instances;

/// <content>
/// The loop. Tasks run in the order in which they were queued, one at a time, and never inside of one another: every continuation keeps
/// its place. When no task is left, the first condition that holds is told, and the tasks go on. Histories depend on this order.
/// </content>
internal sealed partial class WorkflowInstance
{
    private readonly Queue<Task> _tasks = new();
    private readonly LinkedList<WorkflowCondition> _conditions = new();
    private int _threadId;
    private Exception? _taskException;
    private volatile InvalidWorkflowSchedulerException? _leak;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Fails the workflow task with this error, unless it failed already.</summary>
    /// <param name="exception">The error.</param>
    public void FailTask(Exception exception) => _taskException ??= exception;

    /// <summary>Runs a function as a task of the workflow.</summary>
    public Task RunAsync(Func<Task> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs a function as a task of the workflow.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> function) =>
        Task.Factory.StartNew(function, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Adds a condition to those that are looked at when nothing else moves.</summary>
    public LinkedListNode<WorkflowCondition> AddCondition(Func<bool> check) => _conditions.AddLast(new WorkflowCondition(check, new()));

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId == _threadId)
        {
            _tasks.Enqueue(task);
            return;
        }

        // What completes a workflow's task from outside would do so at another moment on replay.
        _leak ??= new InvalidWorkflowSchedulerException(
            "A task of the workflow was completed by a thread that is not the workflow's. Workflow code may wait only for what it got from " +
            "Workflow, and must not use Task.Run, Task.Delay, ConfigureAwait(false), timers or IO.",
            Environment.StackTrace);
    }

    // Nothing runs inside of something else; who asks queues the task.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private void RunUntilNothingMoves(bool checkConditions)
    {
        ThrowIfFailed();
        while (_tasks.Count > 0)
        {
            while (_tasks.TryDequeue(out Task? task))
            {
                TryExecuteTask(task);
                ThrowIfFailed();
            }

            if (checkConditions)
            {
                TellFirstCondition();
            }
        }
    }

    private void TellFirstCondition()
    {
        for (LinkedListNode<WorkflowCondition>? node = _conditions.First; node is not null; node = node.Next)
        {
            if (Callback(node.Value.Check))
            {
                node.Value.Source.TrySetResult();
                return;
            }
        }
    }

    private void ThrowIfFailed()
    {
        if ((_taskException ?? _leak) is { } exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        }
    }
}
