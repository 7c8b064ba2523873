using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Machines;
using VersioningBehavior = Temporalio.Common.VersioningBehavior;

namespace Temporalio.Worker.Runs;

/// <summary>What came of a workflow task.</summary>
internal sealed class RunOutcome
{
    private RunOutcome()
    {
    }

    /// <summary>What to answer; null if there is nothing to answer.</summary>
    public TaskAnswer? Answer { get; private init; }

    /// <summary>The answers to queries.</summary>
    public IReadOnlyList<AnswerQueryCommand> QueryAnswers { get; private init; } = [];

    /// <summary>How the run moves between versions of the worker's deployment.</summary>
    public VersioningBehavior VersioningBehavior { get; private init; }

    /// <summary>Why the task failed; null if it did not. The run is of no use any more then.</summary>
    public Exception? Exception { get; private init; }

    /// <summary>The failure to report.</summary>
    public Failure? Failure { get; private init; }

    /// <summary>The kind of the failure.</summary>
    public WorkflowTaskFailedCause Cause { get; private init; }

    /// <summary>The task is done.</summary>
    public static RunOutcome Done(TaskAnswer? answer, IReadOnlyList<AnswerQueryCommand> queryAnswers, VersioningBehavior versioningBehavior) =>
        new() { Answer = answer, QueryAnswers = queryAnswers, VersioningBehavior = versioningBehavior };

    /// <summary>The task failed.</summary>
    public static RunOutcome Failed(WorkflowTaskFailedCause cause, Exception exception, Failure failure) =>
        new() { Cause = cause, Exception = exception, Failure = failure };
}
