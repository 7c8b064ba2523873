using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What runs and guards need from a cluster to lock it.</summary>
public interface ILockActivities
{
    /// <summary>
    /// Asks the guards of a change, one after the other, and stops at the first that has to be queued for. Asking again is harmless: what
    /// is held already is answered with the same grant.
    /// </summary>
    [Activity("AcquireLocks")]
    Task<AcquiredLocks> AcquireLocksAsync(AcquireLocksInput input);

    /// <summary>Releases locks, and gives up places in queues. Releasing what is not held is not an error.</summary>
    [Activity("ReleaseLocks")]
    Task ReleaseLocksAsync(ReleaseLocksInput input);

    /// <summary>
    /// Writes a fencing token to the clusters that is greater than every one before, and with it the run that holds the lock.
    /// </summary>
    [Activity("RaiseFence")]
    Task<RaisedFence> IssueFenceAsync(RaiseFenceInput input);

    /// <summary>Waits until the run of a holder has ended, and reads what its journal left open.</summary>
    [Activity(LockNames.WatchHoldersActivity)]
    [Reads]
    Task<EndedHolder> WatchHoldersAsync(WatchHoldersInput input);
}
