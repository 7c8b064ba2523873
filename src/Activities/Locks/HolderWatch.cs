using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>Watches the runs that hold a lock.</summary>
internal sealed class HolderWatch(Waits waits)
{
    // With the guard's quarantine of 30 s, a lock that was left behind is free again within 60 s.
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the run of one of them has ended, and reads what it left. One that is known to have ended counts once that can be read.
    /// </summary>
    public async Task<EndedHolder> UntilOneEndsAsync(
        ITemporalClient client, WatchHoldersInput input, Action heartbeat, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (LockHolder holder in input.Holders)
            {
                heartbeat();
                WorkflowHandle run = client.GetWorkflowHandle(holder.WorkflowId, holder.RunId);
                if (await EndAsync(run, cancellationToken) is not { } ended)
                {
                    continue;
                }

                IReadOnlyList<string>? openEntries = await OpenEntriesAsync(run, cancellationToken);
                if (openEntries is not null || !input.KnownToHaveEnded.Contains(holder))
                {
                    return new(holder, ended, openEntries);
                }
            }

            await waits.For(Every, cancellationToken);
        }
    }

    private static async Task<string?> EndAsync(WorkflowHandle run, CancellationToken cancellationToken)
    {
        try
        {
            WorkflowExecutionDescription description = await run.DescribeAsync(
                new() { Rpc = new() { CancellationToken = cancellationToken } });
            return description.Status == WorkflowExecutionStatus.Running ? null : $"{description.Status}";
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return "Gone";
        }
    }

    // A run that has ended can still be asked: a worker replays it. What it left when it had come to its end is meant so, and reported.
    // Null where it cannot be asked now, which keeps the lock until it can be.
    private static async Task<IReadOnlyList<string>?> OpenEntriesAsync(WorkflowHandle run, CancellationToken cancellationToken)
    {
        try
        {
            ChangeStatus status = await run.QueryAsync<ChangeStatus>(
                ChangeNames.StatusQuery, [], new() { Rpc = new() { CancellationToken = cancellationToken, Timeout = ReadLimit } });
            bool isUnderWay = status.State
                is ChangeState.Running or ChangeState.Paused or ChangeState.Blocked or ChangeState.Parked or ChangeState.Queued
                or ChangeState.Replanning or ChangeState.Validating or ChangeState.Undoing;
            return isUnderWay ? [.. status.Journal.Where(entry => entry.IsOpen).Select(entry => $"{entry.Step}: {entry.Undo}")] : [];
        }
        catch (Exception e) when (e is RpcException or WorkflowQueryFailedException or WorkflowQueryRejectedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
