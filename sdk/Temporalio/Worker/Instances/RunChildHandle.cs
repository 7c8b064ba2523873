using Temporalio.Api.Common.V1;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>A child of a run.</summary>
/// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
/// <typeparam name="TResult">The type of the child's result.</typeparam>
/// <param name="instance">The run.</param>
/// <param name="id">The child's workflow id.</param>
/// <param name="converter">Converts the child's result.</param>
internal sealed class RunChildHandle<TWorkflow, TResult>(WorkflowInstance instance, string id, IPayloadConverter converter)
    : ChildWorkflowHandle<TWorkflow, TResult>
{
    private readonly TaskCompletionSource<Payload?> _end = new();
    private string _runId = string.Empty;

    public override string Id => id;

    public override string FirstExecutionRunId => _runId;

    public override async Task<TLocalResult> GetResultAsync<TLocalResult>()
    {
        WaitTrace? trace = instance.BeginWait();
        try
        {
            Payload? result = await _end.Task;
            return result is null || typeof(TLocalResult) == typeof(ValueTuple)
                ? default!
                : converter.ToValue<TLocalResult>(result);
        }
        finally
        {
            trace?.End();
        }
    }

    public override Task SignalAsync(string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null) =>
        instance.SignalChildAsync(id, signal, args, options?.CancellationToken);

    public void Start(string runId) => _runId = runId;

    public void Complete(Payload? result) => _end.SetResult(result);

    public void Fail(Exception exception) => _end.SetException(exception);
}
