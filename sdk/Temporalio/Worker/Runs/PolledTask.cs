using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Histories;

namespace Temporalio.Worker.Runs;

/// <summary>A workflow task as the server sent it.</summary>
/// <param name="response">What the server sent.</param>
internal sealed class PolledTask(PollWorkflowTaskQueueResponse response)
{
    private const string QueryAloneId = "legacy_query";

    public string RunId => response.WorkflowExecution.RunId;

    public string WorkflowId => response.WorkflowExecution.WorkflowId;

    public string WorkflowType => response.WorkflowType.Name;

    public ByteString Token => response.TaskToken;

    public Timestamp? ScheduledTime => response.ScheduledTime;

    public Timestamp? StartedTime => response.StartedTime;

    public int Attempt => response.Attempt;

    public long PreviousStartedEventId => response.PreviousStartedEventId;

    public long StartedEventId => response.StartedEventId;

    /// <summary>Whether it is a query and nothing else, which is answered in a way of its own.</summary>
    public bool IsQueryAlone => response.Query is not null;

    /// <summary>Whether it is a query that came without new history.</summary>
    public bool IsWithoutHistory => response.StartedEventId == 0;

    /// <summary>The history that came with it.</summary>
    /// <param name="fetch">Fetches a page of it.</param>
    public RunHistory History(Func<ByteString, CancellationToken, Task<HistoryPage>> fetch)
    {
        IReadOnlyList<HistoryEvent> events = response.History?.Events ?? [];
        return RunHistory.FromTask(events, PreviousStartedEventId, StartedEventId, response.NextPageToken, fetch);
    }

    /// <summary>The task for the run.</summary>
    /// <param name="history">Its history.</param>
    public RunTask For(RunHistory history) => new(
        history,
        response.Messages,
        [.. Queries().Select(query => new QueryWorkflowJob(query.Key, query.Value))],
        IsQueryAlone);

    private KeyValuePair<string, WorkflowQuery>[] Queries() =>
        response.Query is { } alone ? [KeyValuePair.Create(QueryAloneId, alone)] : [.. response.Queries];
}
