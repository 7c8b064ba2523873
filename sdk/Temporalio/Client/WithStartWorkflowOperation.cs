using System.Linq.Expressions;
using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>The start of a workflow together with an update. For one call only.</summary>
public abstract class WithStartWorkflowOperation : ICloneable
{
    private int _used;

    /// <summary>Initializes an instance.</summary>
    private protected WithStartWorkflowOperation(string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        Workflow = workflow;
        Args = args;
        Options = options;
    }

    /// <summary>The arguments of the run method.</summary>
    public IReadOnlyCollection<object?> Args { get; set; }

    /// <summary>Headers of the start; null for none. Interceptors may change them.</summary>
    public IDictionary<string, Payload>? Headers { get; set; }

    /// <summary>How the workflow is started.</summary>
    public WorkflowOptions Options { get; set; }

    /// <summary>The workflow type.</summary>
    public string Workflow { get; set; }

    /// <summary>Whether the handle, or what stands in its way, is known.</summary>
    internal abstract bool IsCompleted { get; }

    /// <summary>
    /// Describes the start. The options must say the id, the task queue and the id conflict policy; they must not hold a signal or RPC
    /// options.
    /// </summary>
    public static WithStartWorkflowOperation<WorkflowHandle<TWorkflow, TResult>> Create<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        CallExpression call = CallExpression.Of(workflowRunCall);
        return new(
            WorkflowDefinition.NameOfCall(call.Method),
            call.Arguments,
            options,
            static (client, id, runId) => new(client, id, ResultRunId: runId, FirstExecutionRunId: runId));
    }

    /// <summary>
    /// Describes the start. The options must say the id, the task queue and the id conflict policy; they must not hold a signal or RPC
    /// options.
    /// </summary>
    public static WithStartWorkflowOperation<WorkflowHandle<TWorkflow>> Create<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        CallExpression call = CallExpression.Of(workflowRunCall);
        return new(
            WorkflowDefinition.NameOfCall(call.Method),
            call.Arguments,
            options,
            static (client, id, runId) => new(client, id, ResultRunId: runId, FirstExecutionRunId: runId));
    }

    /// <summary>
    /// Describes the start by name. The options must say the id, the task queue and the id conflict policy; they must not hold a signal
    /// or RPC options.
    /// </summary>
    public static WithStartWorkflowOperation<WorkflowHandle> Create(
        string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options) =>
        new(workflow, args, options, static (client, id, runId) => new(client, id, ResultRunId: runId, FirstExecutionRunId: runId));

    /// <summary>A copy with a copy of the options, which stands for the same start.</summary>
    public abstract object Clone();

    /// <summary>Takes the operation for a call; false when one took it before.</summary>
    internal bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;

    /// <summary>Gives the handle to those who wait for it.</summary>
    internal abstract void SetStarted(ITemporalClient client, string runId);

    /// <summary>Tells those who wait for the handle that the start failed.</summary>
    internal abstract void SetException(Exception exception);
}
