using Temporalio.Activities;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary>Stands before the activities of a worker that may be ended at any of them.</summary>
/// <param name="isEnded">Whether the worker ends here; it is told when, and which activity it is.</param>
public sealed class EndingInterceptor(Func<EndingInterceptor.Moment, string, bool> isEnded) : IWorkerInterceptor
{
    /// <summary>Before an activity does anything, or after all that it does and before anybody learns of it.</summary>
    public enum Moment
    {
        Before,
        After,
    }

    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Gate(this, nextInterceptor);

    private bool IsEnded(Moment moment)
    {
        ActivityInfo call = ActivityExecutionContext.Current.Info;
        return isEnded(moment, $"{call.ActivityType} {call.ActivityId} of {call.WorkflowType}");
    }

    private sealed class Gate(EndingInterceptor ending, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
    {
        public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            if (ending.IsEnded(Moment.Before))
            {
                // A process that is gone does nothing more.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ActivityExecutionContext.Current.WorkerShutdownToken);
            }

            object? result = await base.ExecuteActivityAsync(input);
            ending.IsEnded(Moment.After);
            return result;
        }
    }
}
