using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <content>Signals and updates.</content>
internal sealed partial class WorkflowInstance
{
    private readonly List<SignalWorkflowJob> _bufferedSignals = [];
    private WorkflowSignalDefinition? _dynamicSignal;
    private WorkflowUpdateDefinition? _dynamicUpdate;

    public override IDictionary<string, WorkflowSignalDefinition> Signals { get; }

    public override IDictionary<string, WorkflowUpdateDefinition> Updates { get; }

    public override WorkflowSignalDefinition? DynamicSignal
    {
        get => _dynamicSignal;
        set
        {
            RequireDynamic(value is null or { Dynamic: true }, "signal");
            _dynamicSignal = value;
            if (value is not null)
            {
                ReceiveBuffered(_ => true);
            }
        }
    }

    public override WorkflowUpdateDefinition? DynamicUpdate
    {
        get => _dynamicUpdate;
        set
        {
            RequireDynamic(value is null or { Dynamic: true }, "update");
            _dynamicUpdate = value;
        }
    }

    private static void RequireDynamic(bool isDynamic, string kind)
    {
        if (!isDynamic)
        {
            throw new ArgumentException($"This {kind} has a name: only a handler without one can take what has no other handler.");
        }
    }

    private static void RequireName(string key, string? name, string kind)
    {
        if (key != name)
        {
            throw new ArgumentException($"A {kind} {name ?? "without a name"} cannot be set as {key}.");
        }
    }

    private void AddSignal(string key, WorkflowSignalDefinition signal, Action add)
    {
        RequireName(key, signal.Name, "signal");
        add();
        ReceiveBuffered(job => job.Name == key);
    }

    private void AddUpdate(string key, WorkflowUpdateDefinition update, Action add)
    {
        RequireName(key, update.Name, "update");
        add();
    }

    private void ReceiveBuffered(Func<SignalWorkflowJob, bool> isWanted)
    {
        SignalWorkflowJob[] wanted = [.. _bufferedSignals.Where(isWanted)];
        _bufferedSignals.RemoveAll(wanted.Contains);
        foreach (SignalWorkflowJob job in wanted)
        {
            Receive(job);
        }
    }

    private void Receive(SignalWorkflowJob job)
    {
        if (!Signals.TryGetValue(job.Name, out WorkflowSignalDefinition? signal))
        {
            signal = IsReserved(job.Name) ? null : _dynamicSignal;
        }

        if (signal is null)
        {
            // Whoever comes to handle it later gets it then.
            _bufferedSignals.Add(job);
            return;
        }

        _ = RunAsync(() => EndWithRunAsync(() => HandleAsync(signal, job)));
    }

    [SuppressMessage("Design", "CA1031", Justification = "A signal that cannot be read must not block the workflow; it is dropped and logged.")]
    private async Task HandleAsync(WorkflowSignalDefinition signal, SignalWorkflowJob job)
    {
        object?[] arguments;
        try
        {
            arguments = DecodeArguments($"Signal {job.Name}", signal.Signature, job.Arguments, signal.Dynamic ? job.Name : null);
        }
        catch (Exception e)
        {
            LogUnreadableSignal(_logger, e, job.Name);
            return;
        }

        LinkedListNode<RunningHandlers.Handler> running = _runningHandlers.Begin(job.Name, updateId: null, signal.UnfinishedPolicy);
        try
        {
            await signal.Invoke(Instance, arguments);
        }
        finally
        {
            _runningHandlers.End(running);
        }
    }

    private void Receive(DoUpdateJob job) => _ = RunAsync(() =>
    {
        // The constructor may set handlers.
        _ = Instance;
        UpdateOfTask.Value = new(job.Id, job.Name);
        return HandleAsync(job);
    });

    private Task HandleAsync(DoUpdateJob job)
    {
        if (!Updates.TryGetValue(job.Name, out WorkflowUpdateDefinition? update))
        {
            update = IsReserved(job.Name) ? null : _dynamicUpdate;
        }

        if (update is null)
        {
            string known = string.Join(" ", Updates.Keys.Order(StringComparer.Ordinal));
            FailUpdate(job, new InvalidOperationException(
                $"Update handler for {job.Name} expected but not found, known updates: [{known}]"));
            return Task.CompletedTask;
        }

        if (job.RunValidator && !IsValid(job, update))
        {
            return Task.CompletedTask;
        }

        AddCommand(new AcceptUpdateCommand(job.ProtocolInstanceId));
        Task<object?> handling = InvokeAsync(job, update);
        LinkedListNode<RunningHandlers.Handler> running = _runningHandlers.Begin(job.Name, job.Id, update.UnfinishedPolicy);
        return handling.ContinueWith(
            ended =>
            {
                _runningHandlers.End(running);
                EndUpdate(job, ended);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            this);
    }

    /// <summary>Rejects the update if the validator, or the reading of the arguments, throws.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a validator throws is the reason of the rejection.")]
    private bool IsValid(DoUpdateJob job, WorkflowUpdateDefinition update)
    {
        int commands = CommandCount;
        try
        {
            if (update.HasValidator)
            {
                ReadOnly(() => update.Validate(Instance, ArgumentsOf(job, update)));
                if (CommandCount != commands)
                {
                    FailTask(new InvalidOperationException($"The validator of update {job.Name} did more than to look: it made commands."));
                    return false;
                }
            }

            _ = ArgumentsOf(job, update);
            return true;
        }
        catch (Exception e)
        {
            FailUpdate(job, e);
            return false;
        }
    }

    private async Task<object?> InvokeAsync(DoUpdateJob job, WorkflowUpdateDefinition update)
    {
        // The validator had arguments of its own, so that it cannot change the handler's.
        Task handling = update.Invoke(Instance, ArgumentsOf(job, update));
        await handling;
        return update.ResultOf(handling);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever workflow code throws fails the task and nothing else.")]
    private void EndUpdate(DoUpdateJob job, Task<object?> ended)
    {
        try
        {
            Exception? exception = ended.IsCanceled ? new TaskCanceledException(ended) : ended.Exception?.InnerException;
            if (exception is null)
            {
                AddCommand(new CompleteUpdateCommand(job.ProtocolInstanceId, _converter.PayloadConverter.ToPayload(ended.Result)));
            }
            else if (FailsWorkflow(exception))
            {
                FailUpdate(job, exception);
            }
            else
            {
                FailTask(exception);
            }
        }
        catch (Exception e) when (FailsWorkflow(e))
        {
            FailUpdate(job, e);
        }
        catch (Exception e)
        {
            FailTask(e);
        }
    }

    private object?[] ArgumentsOf(DoUpdateJob job, WorkflowUpdateDefinition update) =>
        DecodeArguments($"Update {job.Name}", update.Signature, job.Arguments, update.Dynamic ? job.Name : null);

    private void FailUpdate(DoUpdateJob job, Exception exception) =>
        AddCommand(new FailUpdateCommand(job.ProtocolInstanceId, ToFailure(exception)));

    private static bool IsReserved(string name) => name.StartsWith(HandlerSignature.ReservedPrefix, StringComparison.Ordinal);

    /// <summary>The arguments of a method: decoded, and filled up with defaults.</summary>
    /// <exception cref="InvalidOperationException">There are too few, or one cannot be converted.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "A converter of the user's may throw anything.")]
    private object?[] DecodeArguments(string what, HandlerSignature signature, IReadOnlyList<Payload> payloads, string? dynamicName)
    {
        if (signature.IsNameAndRawValues && dynamicName is not null)
        {
            return [dynamicName, RawValuesOf(payloads)];
        }

        if (_definition.Dynamic && ReferenceEquals(signature, _definition.RunSignature))
        {
            return [RawValuesOf(payloads)];
        }

        if (payloads.Count < signature.RequiredCount)
        {
            throw new InvalidOperationException($"{what} was given {payloads.Count} arguments and needs {signature.RequiredCount}.");
        }

        object?[] arguments = new object?[signature.Types.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            try
            {
                arguments[i] = i < payloads.Count
                    ? _converter.PayloadConverter.ToValue(payloads[i], signature.Types[i])
                    : signature.DefaultOf(i);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"{what} was given an argument {i + 1} that is no {signature.Types[i].Name}: {e.Message}", e);
            }
        }

        return arguments;
    }

    private static IRawValue[] RawValuesOf(IReadOnlyList<Payload> payloads) => [.. payloads.Select(payload => new RawValue(payload))];

    [LoggerMessage(Level = LogLevel.Error, Message = "Dropping signal {Signal}, whose arguments cannot be read")]
    private static partial void LogUnreadableSignal(ILogger logger, Exception exception, string signal);
}
