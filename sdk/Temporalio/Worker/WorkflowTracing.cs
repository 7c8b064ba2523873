using System.Diagnostics.Tracing;
using Temporalio.Exceptions;
using Temporalio.Worker.Instances;
using Temporalio.Workflows;

namespace Temporalio.Worker;

/// <summary>
/// Notices workflow code that leaves its scheduler, the moment that it does, by listening to what the runtime says of tasks and timers.
/// It listens only while a worker or replayer wants it to.
/// </summary>
internal sealed class WorkflowTracing : EventListener
{
    private const string TasksSource = "System.Threading.Tasks.TplEventSource";
    private const EventKeywords Tasks = (EventKeywords)0x2;

    // TaskScheduled, TaskStarted, TaskCompleted, TaskWaitBegin, TaskWaitEnd: the first value of each is the scheduler's id.
    private const int FirstSchedulerEvent = 7;
    private const int LastSchedulerEvent = 11;

    private const string RuntimeSource = "System.Diagnostics.Eventing.FrameworkEventSource";
    private const EventKeywords ThreadTransfers = (EventKeywords)0x10;
    private const EventTask ThreadTransfer = (EventTask)3;

    private static readonly Lock Gate = new();
    private static WorkflowTracing? _listener;
    private static int _users;

    /// <summary>Listens until what is returned is disposed.</summary>
    public static IDisposable Listen()
    {
        lock (Gate)
        {
            _users++;
            _listener ??= new();
        }

        return new Use();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == TasksSource)
        {
            EnableEvents(eventSource, EventLevel.Informational, Tasks);
        }
        else if (eventSource.Name == RuntimeSource)
        {
            EnableEvents(eventSource, EventLevel.Informational, ThreadTransfers);
        }
    }

    // Every task of the process comes here, so all but workflows' must leave at once.
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (WorkflowContext.CurrentOrNull is not WorkflowInstance { TracingEventsEnabled: true } instance)
        {
            return;
        }

        if (eventData.EventSource.Name == TasksSource)
        {
            if (eventData.EventId is >= FirstSchedulerEvent and <= LastSchedulerEvent && eventData.Payload?[0] is int id && id != instance.Id)
            {
                instance.FailTask(new InvalidWorkflowSchedulerException(
                    "Task during workflow run was not scheduled on workflow scheduler: workflow code must not use Task.Run, Task.Delay, " +
                    "ConfigureAwait(false) or anything that does.",
                    Environment.StackTrace));
            }
        }
        else if (eventData.Task == ThreadTransfer)
        {
            instance.FailTask(new InvalidWorkflowSchedulerException(
                "Workflow attempted to perform a thread transfer task which is non-deterministic: workflow code must not use timers, " +
                "timeouts or IO.",
                Environment.StackTrace));
        }
    }

    private sealed class Use : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            {
                return;
            }

            lock (Gate)
            {
                if (--_users == 0)
                {
                    _listener!.Dispose();
                    _listener = null;
                }
            }
        }
    }
}
