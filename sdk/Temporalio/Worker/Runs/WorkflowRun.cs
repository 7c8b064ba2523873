using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Instances;
using Temporalio.Worker.Machines;
using Temporalio.Workflows;
using VersioningBehavior = Temporalio.Common.VersioningBehavior;

namespace Temporalio.Worker.Runs;

/// <summary>
/// A run on this worker: its machines and its code. A task is worked on by turns: the machines say what happened, the code says what it
/// does, until neither has anything to say. New work, work after an eviction, replay and queries all go this one way.
/// </summary>
internal sealed class WorkflowRun
{
    private readonly RunScope _scope;
    private readonly RunIdentity _identity;
    private readonly IPayloadCodec? _codec;
    private WorkflowDefinition? _definition;
    private WorkflowInstance? _instance;
    private VersioningBehavior _versioningBehavior;

    public WorkflowRun(RunScope scope, RunIdentity identity)
    {
        _scope = scope;
        _identity = identity;
        _codec = scope.DataConverter
            .WithSerializationContext(new ISerializationContext.Workflow(identity.Namespace, identity.WorkflowId)).PayloadCodec;
        Machines = new(identity);
    }

    /// <summary>The run between its history and its code.</summary>
    public WorkflowMachines Machines { get; }

    /// <summary>When the run was started; null until its code runs.</summary>
    public DateTime? StartTime => _instance?.Info.WorkflowStartTime;

    /// <summary>The run in log lines.</summary>
    public RunIdentity Identity => _identity;

    /// <summary>Works on a task. A run whose task failed is of no use any more.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Cancels fetching history.</param>
    /// <exception cref="RpcException">The history could not be fetched.</exception>
    /// <returns>What to answer.</returns>
    public async Task<RunOutcome> WorkAsync(RunTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await _scope.Threads.RunAsync(() => WorkOnThreadAsync(task, cancellationToken));
        }
        catch (WorkflowNondeterminismException e)
        {
            return await FailAsync(WorkflowTaskFailedCause.NonDeterministicError, e);
        }
        catch (InvalidWorkflowOperationException e)
        {
            return await FailAsync(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, e);
        }
        catch (ApplicationFailureException e) when (_definition is null)
        {
            // There is no such workflow on this worker.
            return await FailAsync(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, e);
        }
        finally
        {
            Machines.EndTask();
        }
    }

    private async Task<RunOutcome> WorkOnThreadAsync(RunTask task, CancellationToken cancellationToken)
    {
        await Machines.BeginTaskAsync(task.History, [.. task.Messages.Select(UpdateRequestMessage.Of)], cancellationToken);
        while (Machines.HasJobs)
        {
            ActivationCompletion completion = await ActivateAsync(Machines.TakeActivation());
            if (completion.TaskException is { } exception)
            {
                return RunOutcome.Failed(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, exception, completion.TaskFailure!);
            }

            _versioningBehavior = completion.VersioningBehavior;
            Machines.Apply(completion.Commands);
            await Machines.ReadOnAsync(cancellationToken);
        }

        IReadOnlyList<AnswerQueryCommand> answers = [];
        if (task.Queries.Count > 0)
        {
            ActivationCompletion completion = await ActivateAsync(Machines.ActivationOf(task.Queries));
            if (completion.TaskException is { } exception)
            {
                return RunOutcome.Failed(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, exception, completion.TaskFailure!);
            }

            answers = [.. completion.Commands.OfType<AnswerQueryCommand>()];
        }

        bool isAnswered = !task.IsQueryAlone && !Machines.IsReplaying && (!Machines.HasSeenEnd || answers.Count > 0);
        return RunOutcome.Done(isAnswered ? Machines.TakeAnswer() : null, answers, _versioningBehavior);
    }

    private async ValueTask<ActivationCompletion> ActivateAsync(Activation activation)
    {
        if (_codec is not null)
        {
            foreach (ActivationJob job in activation.Jobs)
            {
                await job.DecodeAsync(_codec);
            }
        }

        bool isFirst = _instance is null;
        _instance ??= Instantiate(activation);
        ActivationCompletion completion = await _scope.Threads.ActivateAsync(_instance, activation, isFirst);
        if (_codec is not null)
        {
            foreach (WorkflowCommand command in completion.Commands)
            {
                await command.EncodeAsync(_codec);
            }

            if (completion.TaskFailure is { } failure)
            {
                await _codec.EncodeFailureAsync(failure);
            }
        }

        return completion;
    }

    private WorkflowInstance Instantiate(Activation activation)
    {
        InitializeWorkflowJob start = activation.Jobs.OfType<InitializeWorkflowJob>().FirstOrDefault()
            ?? throw new InvalidWorkflowOperationException(
                $"The history of run {_identity.RunId} of workflow {_identity.WorkflowId} does not begin with its start.");
        _definition = _scope.Workflows.Find(start.Start.WorkflowType.Name);
        InstanceSetup setup = new()
        {
            Definition = _definition,
            WorkflowId = _identity.WorkflowId,
            Namespace = _scope.Namespace,
            TaskQueue = _scope.TaskQueue,
            DataConverter = _scope.DataConverter,
            LoggerFactory = _scope.LoggerFactory,
            FailureExceptionTypes = _scope.FailureExceptionTypes,
            TracingEventsEnabled = _scope.TracingEventsEnabled,
            StackTrace = _scope.StackTrace,
            DisableEagerActivityExecution = _scope.DisableEagerActivityExecution,
        };
        return new(setup, activation);
    }

    private async Task<RunOutcome> FailAsync(WorkflowTaskFailedCause cause, Exception exception)
    {
        Failure failure = await _scope.DataConverter.ToFailureAsync(exception);
        bool failsWorkflow = cause == WorkflowTaskFailedCause.NonDeterministicError
            && (FailsOn(_scope.FailureExceptionTypes, exception) || FailsOn(_definition?.FailureExceptionTypes, exception));
        if (!failsWorkflow)
        {
            return RunOutcome.Failed(cause, exception, failure);
        }

        Command fail = new()
        {
            CommandType = CommandType.FailWorkflowExecution,
            FailWorkflowExecutionCommandAttributes = new() { Failure = failure },
        };
        return RunOutcome.Done(new([fail], [], new()), [], VersioningBehavior.Unspecified);
    }

    private static bool FailsOn(IEnumerable<Type>? types, Exception exception) =>
        types?.Any(type => type.IsInstanceOfType(exception)) == true;
}
