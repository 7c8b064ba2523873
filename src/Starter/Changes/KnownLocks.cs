using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Starter.Changes;

/// <summary>What Temporal itself knows of the locks.</summary>
/// <param name="Locks">The guards.</param>
/// <param name="Changes">The changes that have not ended.</param>
internal sealed record KnownLocks(IReadOnlyList<KnownLocks.Guard> Locks, IReadOnlyList<KnownChange> Changes)
{
    /// <summary>A guard.</summary>
    /// <param name="Lock">Its id.</param>
    /// <param name="AsOf">When something last happened in it.</param>
    /// <param name="Holders">Who holds it, as its events tell.</param>
    internal sealed record Guard(string Lock, DateTimeOffset AsOf, IReadOnlyList<LockHolder> Holders);
}
