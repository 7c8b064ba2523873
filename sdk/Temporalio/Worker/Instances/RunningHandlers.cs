using Microsoft.Extensions.Logging;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>The handlers of signals and updates that have begun and not ended.</summary>
internal sealed partial class RunningHandlers
{
    private readonly LinkedList<Handler> _handlers = new();

    public int Count => _handlers.Count;

    /// <summary>Adds a handler that begins.</summary>
    /// <param name="name">The signal or update.</param>
    /// <param name="updateId">The update's id; null for a signal.</param>
    /// <param name="policy">What to do if the run ends before it.</param>
    /// <returns>What <see cref="End"/> takes.</returns>
    public LinkedListNode<Handler> Begin(string name, string? updateId, HandlerUnfinishedPolicy policy) =>
        _handlers.AddLast(new Handler(name, updateId, policy));

    public void End(LinkedListNode<Handler> handler) => _handlers.Remove(handler);

    /// <summary>Warns of what the end of the run cuts off.</summary>
    public void WarnOfUnfinished(ILogger logger, WorkflowInfo info)
    {
        Handler[] cut = [.. _handlers.Where(handler => handler.Policy == HandlerUnfinishedPolicy.WarnAndAbandon)];
        if (cut.Any(handler => handler.UpdateId is not null))
        {
            string updates = string.Join(", ", cut.Where(h => h.UpdateId is not null).Select(h => $"{h.Name} (id {h.UpdateId})"));
            LogUnfinishedUpdates(logger, info.WorkflowId, updates);
        }

        if (cut.Any(handler => handler.UpdateId is null))
        {
            IEnumerable<string> signals = cut
                .Where(handler => handler.UpdateId is null)
                .GroupBy(handler => handler.Name)
                .Select(group => $"{group.Key} ({group.Count()} times)");
            LogUnfinishedSignals(logger, info.WorkflowId, string.Join(", ", signals));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "[TMPRL1102] Workflow {WorkflowId} ended while handlers of updates were running, so their callers get no result: {Updates}. " +
            "Wait for Workflow.AllHandlersFinished at the end, or set the handlers' UnfinishedPolicy")]
    private static partial void LogUnfinishedUpdates(ILogger logger, string workflowId, string updates);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "[TMPRL1102] Workflow {WorkflowId} ended while handlers of signals were running, so their work was cut off: {Signals}. " +
            "Wait for Workflow.AllHandlersFinished at the end, or set the handlers' UnfinishedPolicy")]
    private static partial void LogUnfinishedSignals(ILogger logger, string workflowId, string signals);

    /// <summary>A handler that runs.</summary>
    /// <param name="Name">The signal or update.</param>
    /// <param name="UpdateId">The update's id; null for a signal.</param>
    /// <param name="Policy">What to do if the run ends before it.</param>
    internal sealed record Handler(string Name, string? UpdateId, HandlerUnfinishedPolicy Policy);
}
