using System.Diagnostics;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Tracing;

/// <summary>
/// The spans of workflow code: each begins and ends at once, so that nothing stays open which a replay could not open again.
/// </summary>
internal static class WorkflowSpan
{
    // Flows with the workflow's own tasks. Activity.Current cannot: it holds a span that is open.
    private static readonly AsyncLocal<ActivityContext> CurrentParent = new();

    /// <summary>The parent of what the code that runs now sets going.</summary>
    public static ActivityContext Parent
    {
        get => CurrentParent.Value;
        set => CurrentParent.Value = value;
    }

    /// <summary>Makes a span, unless the code is replayed.</summary>
    /// <returns>The span, to be the parent of what follows; the given parent where none was made.</returns>
    public static ActivityContext Mark(
        string name,
        ActivityKind kind,
        ActivityContext parent,
        ActivityContext linked = default,
        string? updateId = null,
        Exception? failure = null) => Workflow.Unsafe.IsReplaying ? parent : Around(name, kind, parent, linked, span =>
        {
            span?.SetTag(Span.UpdateId, updateId);
            if (failure is not null)
            {
                Span.Fail(span, failure);
            }

            return span?.Context ?? parent;
        });

    /// <summary>
    /// Makes a span around code that does not wait. Its parent is the given one or none, whatever span the worker's own thread is in.
    /// </summary>
    public static T Around<T>(string name, ActivityKind kind, ActivityContext parent, ActivityContext linked, Func<Activity?, T> code)
    {
        Activity? ambient = Activity.Current;
        Activity.Current = null;
        try
        {
            ActivityLink[]? links = linked == default ? null : [new ActivityLink(linked)];
            using Activity? span = Span.Source.StartActivity(name, kind, parent, links: links);
            span?.SetTag(Span.WorkflowId, Workflow.Info.WorkflowId);
            span?.SetTag(Span.RunId, Workflow.Info.RunId);
            return code(span);
        }
        finally
        {
            Activity.Current = ambient;
        }
    }
}
