using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;

namespace Orchestrator.Starter.Changes;

/// <summary>
/// Who holds a guard, as the events of its run tell: for the hours in which no worker can be asked. What its run was handed over, who was
/// granted the lock since, who gave it back or ended and left nothing, and what two people broke.
/// </summary>
internal sealed class GuardHistory
{
    private readonly Dictionary<string, LockHolder> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<long, LockHolder> _asking = [];
    private readonly Dictionary<long, LockHolder> _told = [];
    private readonly HashSet<long> _watches = [];
    private readonly List<LockHolder> _holders = [];

    /// <summary>Who holds it after the events that were read, in the order in which they got it.</summary>
    public IReadOnlyList<LockHolder> Holders => _holders;

    /// <summary>Reads the next event of the run, from its first on.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none of a guard's.</exception>
    public async Task ReadAsync(HistoryEvent next)
    {
        switch (next)
        {
            case { WorkflowExecutionStartedEventAttributes: { } started }:
                Begin(await ValueAsync<GuardInput>(started.Input));
                break;
            case { WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest: { } accepted }:
                await AcceptAsync(accepted, next.EventId);
                break;
            case { WorkflowExecutionUpdateCompletedEventAttributes: { } completed }:
                if (_asking.Remove(completed.AcceptedEventId, out LockHolder? asked)
                    && await ValueAsync<LockAnswer>(completed.Outcome?.Success) is { Grant: not null })
                {
                    Hold(asked);
                }

                break;
            case { SignalExternalWorkflowExecutionInitiatedEventAttributes: { SignalName: LockNames.GrantedSignal } signal }:
                if (_known.TryGetValue(signal.WorkflowExecution.RunId, out LockHolder? queued))
                {
                    _told[next.EventId] = queued;
                    Hold(queued);
                }

                break;
            case { ActivityTaskScheduledEventAttributes.ActivityType.Name: LockNames.WatchHoldersActivity }:
                _watches.Add(next.EventId);
                break;
            case { ActivityTaskCompletedEventAttributes: { } watched }:
                if (_watches.Remove(watched.ScheduledEventId)
                    && await ValueAsync<EndedHolder>(watched.Result) is { OpenEntries: { Count: 0 } } ended)
                {
                    Release(ended.Holder);
                }

                break;
            case { SignalExternalWorkflowExecutionFailedEventAttributes: { } failed }:
                if (_told.TryGetValue(failed.InitiatedEventId, out LockHolder? gone))
                {
                    Release(gone);
                }

                break;
            default:
                break;
        }
    }

    private static async Task<T?> ValueAsync<T>(Payloads? payloads) =>
        payloads?.Payloads_ is [var first, ..] ? await DataConverter.Default.ToValueAsync<T>(first) : default;

    private void Begin(GuardInput? input)
    {
        _holders.AddRange(input?.Holders?.Select(hold => hold.Holder) ?? []);
        foreach (LockWaiter waiter in input?.Queue ?? [])
        {
            _known[waiter.Request.Holder.RunId] = waiter.Request.Holder;
        }
    }

    private async Task AcceptAsync(Request request, long eventId)
    {
        switch (request.Input.Name)
        {
            case LockNames.AcquireUpdate:
                if (await ValueAsync<LockRequest>(request.Input.Args) is { } asked)
                {
                    _asking[eventId] = _known[asked.Holder.RunId] = asked.Holder;
                }

                break;
            case LockNames.ReleaseUpdate:
                if (await ValueAsync<LockHolder>(request.Input.Args) is { } holder)
                {
                    Release(holder);
                }

                break;
            case LockNames.ConfirmBreakUpdate:
                _holders.Clear();
                break;
            default:
                break;
        }
    }

    private void Hold(LockHolder holder)
    {
        Release(holder);
        _holders.Add(holder);
    }

    private void Release(LockHolder holder) => _holders.RemoveAll(held => held.RunId == holder.RunId);
}
