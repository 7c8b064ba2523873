using System.Diagnostics;
using Temporalio.Activities;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Workflows.Tracing;

/// <summary>A span around each attempt of an activity; what the activity calls finds it as <see cref="Activity.Current"/>.</summary>
internal sealed class ActivityTracing(ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
{
    /// <inheritdoc/>
    public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
    {
        ActivityInfo info = ActivityExecutionContext.Current.Info;

        // Without a caller's span this one begins a trace; it never joins one that the worker happened to be started in.
        Activity.Current = null;
        using Activity? span = Span.Source.StartActivity(
            $"RunActivity:{info.ActivityType}", ActivityKind.Server, TraceHeader.Read(input.Headers));
        span?.SetTag(Span.WorkflowId, info.WorkflowId);
        span?.SetTag(Span.RunId, info.WorkflowRunId);
        span?.SetTag(Span.ActivityId, info.ActivityId);
        try
        {
            return await Next.ExecuteActivityAsync(input);
        }
        catch (Exception e)
        {
            Span.Fail(span, e);
            throw;
        }
    }
}
