namespace Temporalio.Workflows;

public static partial class Workflow
{
    /// <summary>What must not decide what a workflow does.</summary>
    public static class Unsafe
    {
        /// <summary>Whether history is being replayed, queries included.</summary>
        public static bool IsReplaying => WorkflowContext.Current.IsReplaying;

        /// <summary>Whether history is being replayed, not counting queries and validators of updates.</summary>
        public static bool IsReplayingHistoryEvents => WorkflowContext.Current.IsReplayingHistoryEvents;

        /// <summary>Runs a function without watching for tasks that leave the workflow's scheduler.</summary>
        /// <typeparam name="T">The type of the result.</typeparam>
        /// <param name="fn">The function. It may not be asynchronous.</param>
        /// <returns>What the function returned.</returns>
        public static T WithTracingEventListenerDisabled<T>(Func<T> fn)
        {
            ArgumentNullException.ThrowIfNull(fn);
            WorkflowContext context = WorkflowContext.Current;
            bool enabled = context.TracingEventsEnabled;
            context.TracingEventsEnabled = false;
            try
            {
                return fn();
            }
            finally
            {
                context.TracingEventsEnabled = enabled;
            }
        }

        /// <summary>Runs an action without watching for tasks that leave the workflow's scheduler.</summary>
        /// <param name="fn">The action. It may not be asynchronous.</param>
        public static void WithTracingEventListenerDisabled(Action fn) =>
            WithTracingEventListenerDisabled(() =>
            {
                fn();
                return ValueTuple.Create();
            });
    }
}
