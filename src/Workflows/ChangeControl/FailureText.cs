using Temporalio.Exceptions;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>A failure as people read it: the innermost cause with a type of its own, not the wrappers around it.</summary>
internal static class FailureText
{
    public static (string Code, string Sentence) Of(Exception failure)
    {
        if (TemporalException.IsCanceledException(failure))
        {
            return (FailureCodes.Cancelled, "The workflow was cancelled.");
        }

        Exception cause = failure;
        string? activity = null;
        while (cause is ActivityFailureException or ChildWorkflowFailureException && cause.InnerException is { } inner)
        {
            activity = (cause as ActivityFailureException)?.ActivityType ?? activity;
            cause = inner;
        }

        (string code, string sentence) = cause switch
        {
            ApplicationFailureException application => (application.ErrorType ?? FailureCodes.Failed, application.Message),
            TimeoutFailureException timeout => (
                $"{FailureCodes.TimeoutPrefix}{timeout.TimeoutType.ToString().ToUpperInvariant()}",
                Timeout(activity, timeout)),
            WorkflowAlreadyStartedException started => (
                FailureCodes.Failed,
                $"A workflow {started.WorkflowId} is already running, or ran before: this run was probably reset, "
                    + "and what it had started is still there."),
            _ => (FailureCodes.Failed, cause.Message),
        };
        return (code, Sentence(sentence));
    }

    // Messages of libraries have no full stop, and another sentence may follow.
    private static string Sentence(string message) =>
        message.Length == 0 || message[^1] is '.' or '!' or '?' or ':' ? message : $"{message}.";

    private static string Timeout(string? activity, TimeoutFailureException timeout) =>
        activity is null ? timeout.Message : $"Activity {activity} ran into its {timeout.TimeoutType} timeout.";
}
