using System.Linq.Expressions;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>How a workflow is started. <see cref="Id"/> and <see cref="TaskQueue"/> are required.</summary>
public class WorkflowOptions : ICloneable
{
    /// <summary>Initializes an instance whose id and task queue are still to be set.</summary>
    public WorkflowOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="id">The workflow id.</param>
    /// <param name="taskQueue">The task queue.</param>
    public WorkflowOptions(string id, string taskQueue)
    {
        Id = id;
        TaskQueue = taskQueue;
    }

    /// <summary>A cron expression on which the workflow runs again. Default null: it runs once.</summary>
    public string? CronSchedule { get; set; }

    /// <summary>How long the workflow may take, with all retries and runs that continue it. Default null: no limit.</summary>
    public TimeSpan? ExecutionTimeout { get; set; }

    /// <summary>The workflow id. Required.</summary>
    public string? Id { get; set; }

    /// <summary>What happens when a workflow of this id runs. Default: the start fails.</summary>
    public WorkflowIdConflictPolicy IdConflictPolicy { get; set; }

    /// <summary>Whether the id of a closed workflow may be used again. Default: it may.</summary>
    public WorkflowIdReusePolicy IdReusePolicy { get; set; } = WorkflowIdReusePolicy.AllowDuplicate;

    /// <summary>Values that are shown with the workflow and cannot be searched. Default null: none.</summary>
    public IReadOnlyDictionary<string, object?>? Memo { get; set; }

    /// <summary>The order among the tasks of the queue. Default null: the server's.</summary>
    public Priority? Priority { get; set; }

    /// <summary>
    /// Asks to hand the first task straight to a worker of the same client. Default false. It is not asked for: tasks always take the
    /// way through the queue.
    /// </summary>
    public bool RequestEagerStart { get; set; }

    /// <summary>When the workflow is run again after it failed. Default null: never.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>Options of the call. Default null: the client's defaults.</summary>
    public RpcOptions? Rpc { get; set; }

    /// <summary>How long one run may take. Default null: as long as the execution.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>How long the first task waits. Not with a cron schedule. Default null: not at all.</summary>
    public TimeSpan? StartDelay { get; set; }

    /// <summary>A signal that is sent with the start, or alone when the workflow runs. Default null: none.</summary>
    public string? StartSignal { get; set; }

    /// <summary>The arguments of the signal. Default null: none.</summary>
    public IReadOnlyCollection<object?>? StartSignalArgs { get; set; }

    /// <summary>What the UI shows about the workflow, in Markdown on several lines. Default null: nothing.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>What the UI shows about the workflow, in Markdown on one line. Default null: nothing.</summary>
    public string? StaticSummary { get; set; }

    /// <summary>The task queue. Required.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>How long a worker may take for one task. Default null: the server's 10 s.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Search attributes; the server must know them. Default null: none.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Overrides the versioning behavior of the workflow's code. Default null: not.</summary>
    public VersioningOverride? VersioningOverride { get; set; }

    /// <summary>Sets the signal that is sent with the start.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="signalCall">A lambda that calls the signal's method.</param>
    /// <exception cref="ArgumentException">The lambda is no call of a signal.</exception>
    public void SignalWithStart<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall)
    {
        CallExpression call = CallExpression.Of(signalCall);
        SignalWithStart(WorkflowSignalDefinition.NameOfCall(call.Method), call.Arguments);
    }

    /// <summary>Sets the signal that is sent with the start.</summary>
    public void SignalWithStart(string signal, IReadOnlyCollection<object?> args)
    {
        StartSignal = signal;
        StartSignalArgs = args;
    }

    /// <summary>A shallow copy, with a copy of <see cref="Rpc"/>.</summary>
    public virtual object Clone()
    {
        WorkflowOptions copy = (WorkflowOptions)MemberwiseClone();
        copy.Rpc = (RpcOptions?)Rpc?.Clone();
        return copy;
    }
}
