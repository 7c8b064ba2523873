using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Workflows.Tracing;

namespace Orchestrator.Worker.Tests.Tracing;

/// <summary>The spans of this process's interceptors, from now on.</summary>
internal sealed class Spans : IDisposable
{
    /// <summary>The collection of the tests that listen, or mind whether anybody does: a listener hears the whole process.</summary>
    public const string OneAtATime = "spans";

    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public Spans()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == TraceInterceptor.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>All that have ended, by name.</summary>
    public IReadOnlyList<Activity> Ended => [.. _ended.OrderBy(span => span.DisplayName, StringComparer.Ordinal)];

    /// <summary>The names of all, in order.</summary>
    public IEnumerable<string> Names => Ended.Select(span => span.DisplayName);

    /// <summary>Each span on a line, below its parent and further in; siblings by name.</summary>
    public string Tree() => string.Concat(
        Ended.Where(span => !Ended.Any(other => other.SpanId == span.ParentSpanId)).Select(root => Tree(root, "")));

    public Activity Single(string name) => Ended.Single(span => span.DisplayName == name);

    public void Dispose() => _listener.Dispose();

    private string Tree(Activity span, string indent) =>
        $"{indent}{span.DisplayName}\n"
        + string.Concat(Ended.Where(child => child.ParentSpanId == span.SpanId).Select(child => Tree(child, indent + "  ")));
}
