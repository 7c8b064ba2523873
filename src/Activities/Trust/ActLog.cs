using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Text;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Trust;

/// <summary>
/// One line in the worker's log for each attempt of an activity that writes: whose it is, on what, how it came out, and its trace.
/// </summary>
internal sealed partial class ActLog(TimeProvider timeProvider, ILogger<ActLog> logger)
{
    /// <summary>Runs an act and logs how it came out.</summary>
    /// <param name="call">The activity.</param>
    /// <param name="input">Its input.</param>
    /// <param name="act">The act.</param>
    public async Task<object?> RunAsync(ActivityInfo call, object? input, Func<Task<object?>> act)
    {
        string what = input is IWarrantedAct warranted ? Describe(warranted) : "the frame's own";
        string trace = Activity.Current is { } span ? span.TraceId.ToHexString() : "-";
        long begun = timeProvider.GetTimestamp();
        try
        {
            object? result = await act();
            long took = Milliseconds(begun);
            LogDone(logger, call.WorkflowId, call.ActivityType, what, call.Attempt, took, trace);
            return result;
        }
        catch (OperationCanceledException)
        {
            long took = Milliseconds(begun);
            LogCancelled(logger, call.WorkflowId, call.ActivityType, what, call.Attempt, took, trace);
            throw;
        }
        catch (Exception e)
        {
            string code = e is ApplicationFailureException { ErrorType: { } type } ? type : e.GetType().Name;
            string sentence = PlainText.Clean(e.Message);
            long took = Milliseconds(begun);
            LogFailed(logger, call.WorkflowId, call.ActivityType, what, call.Attempt, took, code, sentence, trace);
            throw;
        }
    }

    private static string Describe(IWarrantedAct input)
    {
        PlannedAct act = input.Act();
        return PlainText.Clean($"{act.Action} {act.Object}{(input.Warrant is { Undoes: true } ? ", put back" : "")}");
    }

    private long Milliseconds(long begun) => (long)timeProvider.GetElapsedTime(begun).TotalMilliseconds;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{WorkflowId} {Activity} {What} attempt={Attempt} done in {Milliseconds} ms trace={TraceId}")]
    private static partial void LogDone(
        ILogger logger, string? workflowId, string activity, string what, int attempt, long milliseconds, string traceId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{WorkflowId} {Activity} {What} attempt={Attempt} cancelled after {Milliseconds} ms trace={TraceId}")]
    private static partial void LogCancelled(
        ILogger logger, string? workflowId, string activity, string what, int attempt, long milliseconds, string traceId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{WorkflowId} {Activity} {What} attempt={Attempt} failed after {Milliseconds} ms: {Code} {Sentence} trace={TraceId}")]
    private static partial void LogFailed(
        ILogger logger,
        string? workflowId,
        string activity,
        string what,
        int attempt,
        long milliseconds,
        string code,
        string sentence,
        string traceId);
}
