using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Failure.V1;
using Temporalio.Worker.Activations;

namespace Temporalio.Worker.Instances;

/// <content>Activations.</content>
internal sealed partial class WorkflowInstance
{
    private static readonly ContextCallback ActivateCallback = state => ((WorkflowInstance)state!).ActivateInContext();

    private ActivationCompletion? _completion;
    private bool _hasStarted;

    /// <summary>The number of commands so far in the present activation.</summary>
    private int CommandCount => _completion?.Commands.Count ?? 0;

    /// <summary>Applies the jobs, and runs until nothing moves.</summary>
    /// <param name="activation">The jobs.</param>
    /// <param name="context">An execution context that holds nothing of the worker's.</param>
    /// <returns>What the code did.</returns>
    public ActivationCompletion Activate(Activation activation, ExecutionContext context)
    {
        ActivationCompletion completion = new();
        _completion = completion;
        _activation = activation;
        _taskException = null;
        _threadId = Environment.CurrentManagedThreadId;
        try
        {
            ExecutionContext.Run(context, ActivateCallback, this);
        }
        finally
        {
            _threadId = 0;
            _completion = null;
        }

        completion.VersioningBehavior = _versioningBehavior;
        if (!IsReplaying && completion.Commands.OfType<CloseRunCommand>().FirstOrDefault() is { Command.FailWorkflowExecutionCommandAttributes: null })
        {
            _runningHandlers.WarnOfUnfinished(_logger, Info);
        }

        return completion;
    }

    /// <summary>Adds what the code did.</summary>
    /// <exception cref="InvalidOperationException">No activation is under way.</exception>
    public void AddCommand(WorkflowCommand command)
    {
        ActivationCompletion completion = _completion
            ?? throw new InvalidOperationException("The workflow does nothing now: this was called from outside of its tasks.");
        completion.Commands.Add(command);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever workflow code throws fails the task and nothing else.")]
    private void ActivateInContext()
    {
        SynchronizationContext? previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            foreach (ActivationJob job in _activation.Jobs)
            {
                Apply(job);
            }

            // What the jobs carried would stay in memory for as long as the run does nothing.
            _activation.Jobs = [];

            // Signals and updates of the first activation run before the workflow's body.
            if (!_hasStarted)
            {
                _hasStarted = true;
                Start();
            }

            RunUntilNothingMoves(checkConditions: !_activation.IsQuery);
        }
        catch (Exception e)
        {
            FailActivation(e);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A converter of the user's may throw anything.")]
    private void FailActivation(Exception exception)
    {
        _completion!.TaskException = exception;
        try
        {
            _completion.TaskFailure = ToFailure(exception);
        }
        catch (Exception e)
        {
            _completion.TaskFailure = new Failure
            {
                Message = $"{exception.Message} (and the failure converter failed: {e.Message})",
                ApplicationFailureInfo = new() { Type = exception.GetType().Name },
            };
        }
    }

    private Failure ToFailure(Exception exception) => _converter.FailureConverter.ToFailure(exception, _converter.PayloadConverter);

    private void Apply(ActivationJob job)
    {
        switch (job)
        {
            case InitializeWorkflowJob:
                break;
            case NotifyHasPatchJob patch:
                _notifiedPatches.Add(patch.PatchId);
                break;
            case UpdateRandomSeedJob seed:
                _random = new(seed.RandomSeed);
                break;
            case SignalWorkflowJob signal:
                Receive(signal);
                break;
            case DoUpdateJob update:
                Receive(update);
                break;
            case FireTimerJob timer:
                _timers.Fire(timer);
                break;
            case ResolveActivityJob activity:
                _activities.Resolve(activity);
                break;
            case ResolveChildStartJob start:
                _children.Resolve(start);
                break;
            case ResolveChildJob child:
                _children.Resolve(child);
                break;
            case ResolveExternalSignalJob signal:
                _externals.Resolve(signal);
                break;
            case ResolveExternalCancelJob cancel:
                _externals.Resolve(cancel);
                break;
            case CancelWorkflowJob:
                Callback(() =>
                {
                    _cancellation.Cancel();
                    return true;
                });
                break;
            case QueryWorkflowJob query:
                Receive(query);
                break;
            default:
                throw new InvalidOperationException($"{job.GetType().Name} is no job of a workflow.");
        }
    }
}
