using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>The locks of a change, in order.</summary>
/// <param name="Holder">Who asks.</param>
/// <param name="Places">The clusters that the change touches.</param>
/// <param name="Needs">The locks.</param>
/// <param name="Priority">Who is served first.</param>
/// <param name="Expected">How long they are expected to be held.</param>
public sealed record AcquireLocksInput(
    LockHolder Holder,
    IReadOnlyList<LockPlace> Places,
    IReadOnlyList<LockNeed> Needs,
    LockPriority Priority,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Expected) : IFrameAct
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];

    /// <inheritdoc/>
    public string? Refuse(CallingRun run) => Holder.RefuseFor(run);
}
