using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Histories;

/// <summary>The events of one workflow task as the workflow sees it: all since the last task, up to the start of this one.</summary>
/// <param name="events">The history that holds them.</param>
/// <param name="start">The index of the first event.</param>
/// <param name="count">The number of events.</param>
/// <param name="isLast">Whether the history ends here.</param>
internal readonly struct HistorySequence(List<HistoryEvent> events, int start, int count, bool isLast)
{
    public int Count => count;

    public bool IsLast => isLast;

    public HistoryEvent this[int index] => events[start + index];
}
