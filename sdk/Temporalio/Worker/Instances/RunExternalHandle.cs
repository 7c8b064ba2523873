using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>Another workflow, seen from a run.</summary>
/// <typeparam name="TWorkflow">The other workflow's type.</typeparam>
/// <param name="calls">The calls of the run.</param>
/// <param name="id">The other workflow's id.</param>
/// <param name="runId">The other workflow's run; null for the current one.</param>
internal sealed class RunExternalHandle<TWorkflow>(ExternalCalls calls, string id, string? runId) : ExternalWorkflowHandle<TWorkflow>
{
    public override string Id => id;

    public override string? RunId => runId;

    public override Task CancelAsync() => calls.CancelAsync(id, runId);

    public override Task SignalAsync(string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null) =>
        calls.SignalAsync(id, runId, signal, args, options?.CancellationToken);
}
