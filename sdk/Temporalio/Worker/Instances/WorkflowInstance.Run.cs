using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <content>The workflow's body, and how it ends.</content>
internal sealed partial class WorkflowInstance
{
    private void Start() => _ = RunAsync(() => EndWithRunAsync(async () =>
    {
        TraceStart();
        object instance = Instance;
        object?[] arguments = StartArguments();
        _startArguments = [];
        _decodedStartArguments = null;
        object? result = await InvokeRunAsync(instance, arguments);
        CompleteWorkflowExecutionCommandAttributes completed = new()
        {
            Result = new() { Payloads_ = { _converter.PayloadConverter.ToPayload(_definition.HasResult ? result : null) } },
        };
        AddCommand(new CloseRunCommand(new()
        {
            CommandType = CommandType.CompleteWorkflowExecution,
            CompleteWorkflowExecutionCommandAttributes = completed,
        }));
    }));

    private async Task<object?> InvokeRunAsync(object instance, object?[] arguments)
    {
        Task run = _definition.Run(instance, arguments);
        await run;
        return _definition.ResultOf(run);
    }

    /// <summary>Runs code whose exceptions end the run, or fail the task: the body, and handlers of signals.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever workflow code throws fails the task and nothing else.")]
    private async Task EndWithRunAsync(Func<Task> function)
    {
        try
        {
            try
            {
                await function();
            }
            catch (ContinueAsNewException e)
            {
                AddCommand(new CloseRunCommand(ContinueAsNew(e)));
            }
            catch (Exception e) when (CancellationToken.IsCancellationRequested && TemporalException.IsCanceledException(e))
            {
                AddCommand(new CloseRunCommand(new()
                {
                    CommandType = CommandType.CancelWorkflowExecution,
                    CancelWorkflowExecutionCommandAttributes = new(),
                }));
            }
            catch (Exception e) when (FailsWorkflow(e))
            {
                AddCommand(new CloseRunCommand(new()
                {
                    CommandType = CommandType.FailWorkflowExecution,
                    FailWorkflowExecutionCommandAttributes = new() { Failure = ToFailure(e) },
                }));
            }
        }
        catch (Exception e)
        {
            FailTask(e);
        }
    }

    /// <summary>Whether the exception fails the run or the update; any other fails the task, which is tried again.</summary>
    private bool FailsWorkflow(Exception exception) =>
        exception is FailureException or OperationCanceledException
        || _failureExceptionTypes?.Any(type => type.IsInstanceOfType(exception)) == true
        || _setup.FailureExceptionTypes?.Any(type => type.IsInstanceOfType(exception)) == true;

    private Command ContinueAsNew(ContinueAsNewException exception)
    {
        ContinueAsNewOptions options = exception.Options ?? new();
        IPayloadConverter converter = _converter.PayloadConverter;
        string taskQueue = options.TaskQueue ?? Info.TaskQueue;
        ContinueAsNewWorkflowExecutionCommandAttributes next = new()
        {
            WorkflowType = new() { Name = exception.Workflow },
            TaskQueue = new() { Name = taskQueue },
            Input = new() { Payloads_ = { converter.ToPayloads(exception.Args) } },
            WorkflowRunTimeout = ToDuration(options.RunTimeout),
            WorkflowTaskTimeout = ToDuration(options.TaskTimeout),
            BackoffStartInterval = ToDuration(options.BackoffStartInterval),
            RetryPolicy = options.RetryPolicy?.ToProto(),
            SearchAttributes = options.TypedSearchAttributes?.ToProto(),
            Memo = options.Memo is null ? null : ToMemo(options.Memo, converter),
            InitialVersioningBehavior = (ContinueAsNewVersioningBehavior)(int)(options.InitialVersioningBehavior ?? default),
        };
#pragma warning disable CS0612 // The server still reads it for workers versioned by build id.
        next.InheritBuildId = InheritsBuildId(options.VersioningIntent, taskQueue);
#pragma warning restore CS0612
        return new()
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = next,
        };
    }

    internal static Duration? ToDuration(TimeSpan? time) => time is { } value ? Duration.FromTimeSpan(value) : null;

    internal static Api.Common.V1.Memo ToMemo(IReadOnlyDictionary<string, object> values, IPayloadConverter converter)
    {
        Api.Common.V1.Memo memo = new();
        foreach ((string key, object value) in values)
        {
            memo.Fields[key] = converter.ToPayload(value);
        }

        return memo;
    }

    /// <summary>Whether work goes to workers of the build that made it.</summary>
    internal bool InheritsBuildId(VersioningIntent intent, string taskQueue) => intent switch
    {
        VersioningIntent.Compatible => true,
        VersioningIntent.CurrentDefault => false,
        _ => taskQueue == Info.TaskQueue,
    };
}
