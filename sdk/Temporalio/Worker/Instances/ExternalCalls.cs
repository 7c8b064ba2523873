using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Machines;

namespace Temporalio.Worker.Instances;

/// <summary>The signals of a run to other workflows, and its requests to cancel them.</summary>
/// <param name="instance">The run.</param>
internal sealed class ExternalCalls(WorkflowInstance instance)
{
    private readonly Dictionary<uint, TaskCompletionSource<ResolutionJob>> _signals = [];
    private readonly Dictionary<uint, TaskCompletionSource<ResolutionJob>> _cancels = [];
    private uint _lastSignal;
    private uint _lastCancel;

    public Task SignalChildAsync(string id, string signal, IReadOnlyCollection<object?> args, CancellationToken? cancellationToken) =>
        SignalAsync(id, runId: null, signal, args, isChild: true, cancellationToken);

    public Task SignalAsync(
        string id, string? runId, string signal, IReadOnlyCollection<object?> args, CancellationToken? cancellationToken) =>
        SignalAsync(id, runId, signal, args, isChild: false, cancellationToken);

    public Task CancelAsync(string id, string? runId)
    {
        uint sequence = ++_lastCancel;
        TaskCompletionSource<ResolutionJob> source = new();
        _cancels[sequence] = source;
        instance.AddCommand(new CancelExternalCommand(sequence, CancelExternalMachine.CommandFor(new()
        {
            WorkflowId = id,
            RunId = runId ?? string.Empty,
            Reason = $"Cancel requested by workflow with run id {instance.Info.RunId}",
        })));
        DataConverter converter = ConverterFor(id);
        WaitTrace? trace = instance.BeginWait();
        return instance.RunAsync(async () =>
        {
            ResolutionJob job = await source.Task;
            trace?.End();
            _cancels.Remove(sequence);
            ThrowIfFailed(job, converter);
        });
    }

    public void Resolve(ResolveExternalSignalJob job) => _signals[job.Sequence].TrySetResult(job);

    public void Resolve(ResolveExternalCancelJob job) => _cancels[job.Sequence].TrySetResult(job);

    private Task SignalAsync(
        string id, string? runId, string signal, IReadOnlyCollection<object?> args, bool isChild, CancellationToken? cancellationToken)
    {
        CancellationToken token = cancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException(new CanceledFailureException("Signal cancelled before scheduled"));
        }

        DataConverter converter = ConverterFor(id);
        uint sequence = ++_lastSignal;
        TaskCompletionSource<ResolutionJob> source = new();
        _signals[sequence] = source;
        SignalExternalWorkflowExecutionCommandAttributes attributes = new()
        {
            Execution = new() { WorkflowId = id, RunId = runId ?? string.Empty },
            SignalName = signal,
            Input = new() { Payloads_ = { converter.PayloadConverter.ToPayloads(args) } },
            ChildWorkflowOnly = isChild,
            Header = instance.TraceCall($"{(isChild ? "SignalChildWorkflow" : "SignalExternalWorkflow")}:{signal}"),
        };
        instance.AddCommand(new SignalExternalCommand(sequence, new()
        {
            CommandType = CommandType.SignalExternalWorkflowExecution,
            SignalExternalWorkflowExecutionCommandAttributes = attributes,
        }));
        WaitTrace? trace = instance.BeginWait();
        return instance.RunAsync(() => WaitForSignalAsync(sequence, source, token, converter, trace));
    }

    private async Task WaitForSignalAsync(
        uint sequence, TaskCompletionSource<ResolutionJob> source, CancellationToken token, DataConverter converter, WaitTrace? trace)
    {
        using CancellationTokenRegistration registration = token.Register(() =>
        {
            if (_signals.ContainsKey(sequence))
            {
                instance.AddCommand(new CancelSignalCommand(sequence));
            }
        });
        ResolutionJob job = await source.Task;
        trace?.End();
        _signals.Remove(sequence);
        ThrowIfFailed(job, converter);
    }

    private DataConverter ConverterFor(string id) =>
        instance.Setup.DataConverter.WithSerializationContext(new ISerializationContext.Workflow(instance.Info.Namespace, id));

    private static void ThrowIfFailed(ResolutionJob job, DataConverter converter)
    {
        if (job.Failure is { } failure)
        {
            throw converter.FailureConverter.ToException(failure, converter.PayloadConverter);
        }
    }
}
