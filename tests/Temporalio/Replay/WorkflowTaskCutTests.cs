using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Histories;

namespace Temporalio.Tests.Replay;

/// <summary>
/// Where a workflow task ends. Events: S start of the run, s scheduled, t started, c completed, f failed, o timed out (workflow task),
/// A activity scheduled, a activity completed, g signal, U update accepted, E end by the workflow, X terminated. A bar is the end of a task.
/// </summary>
public sealed class WorkflowTaskCutTests
{
    [Theory]
    [InlineData("Sst|")]
    [InlineData("Sst|cAst|")]
    [InlineData("Sst|cA")] // What follows the last task is no task, and is read to the end.
    [InlineData("Sst|cAaast|cE|")]
    [InlineData("Sstfst|cA")] // A failed attempt belongs to the one that counts.
    [InlineData("Sstostfst|cAst|cE|")]
    [InlineData("Sst|cAstfst|cE|")]
    [InlineData("Sst|cAgstfgst|cE|")]
    [InlineData("Sstcstcst|cA")] // Heartbeats: the workflow saw one task.
    [InlineData("Sst|cAst|cst|cE|")] // No heartbeat: the workflow had done something since its last task.
    [InlineData("Sst|cst|cU")] // Not a heartbeat: the update came after it.
    [InlineData("Sst|cAstX|")]
    [InlineData("SX|")]
    public void Cut_CompleteHistory_EndsTasksAtTheBars(string history) => Assert.Equal(history, Cut(history, isComplete: true));

    [Theory]
    [InlineData("Sst", "Sst")] // Whether the task counts is in the next page.
    [InlineData("Sstc", "Sstc")]
    [InlineData("Sst|cA", "Sst|cA")]
    [InlineData("Sst|cAst", "Sst|cAst")]
    [InlineData("Sst|cAst|cA", "Sst|cAst|cA")]
    [InlineData("Sstcst", "Sstcst")]
    public void Cut_MoreToCome_EndsOnlyWhatIsCertain(string history, string expected) =>
        Assert.Equal(expected, Cut(history, isComplete: false));

    private static string Cut(string drawn, bool isComplete)
    {
        string kinds = drawn.Replace("|", string.Empty, StringComparison.Ordinal);
        List<HistoryEvent> events = [.. kinds.Select(EventOf)];
        string cut = string.Empty;
        int start = 0;
        long after = 0;
        while (start < events.Count && WorkflowTaskCut.FindEnd(events, start, after, isComplete) is { } end)
        {
            cut += kinds[start..(end + 1)] + "|";
            start = end + 1;
            after = events[end].EventId;
        }

        return cut + kinds[start..];
    }

    private static HistoryEvent EventOf(char kind, int index)
    {
        HistoryEvent e = new()
        {
            EventId = index + 1,
            EventType = kind switch
            {
                'S' => EventType.WorkflowExecutionStarted,
                's' => EventType.WorkflowTaskScheduled,
                't' => EventType.WorkflowTaskStarted,
                'c' => EventType.WorkflowTaskCompleted,
                'f' => EventType.WorkflowTaskFailed,
                'o' => EventType.WorkflowTaskTimedOut,
                'A' => EventType.ActivityTaskScheduled,
                'a' => EventType.ActivityTaskCompleted,
                'g' => EventType.WorkflowExecutionSignaled,
                'U' => EventType.WorkflowExecutionUpdateAccepted,
                'E' => EventType.WorkflowExecutionCompleted,
                'X' => EventType.WorkflowExecutionTerminated,
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no event"),
            },
        };
        if (kind == 'U')
        {
            // The update was sent with the task whose two events are just before the completion.
            e.WorkflowExecutionUpdateAcceptedEventAttributes = new() { AcceptedRequestSequencingEventId = index - 2 };
        }

        return e;
    }
}
