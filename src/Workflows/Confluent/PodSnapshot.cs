namespace Orchestrator.Workflows.Confluent;

/// <summary>A component's pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ordinal">The number that its name ends with.</param>
/// <param name="Uid">Its UID; a restarted pod has another.</param>
/// <param name="Revision">Its label <c>controller-revision-hash</c>.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Ready">Whether its condition Ready is True.</param>
/// <param name="Terminating">Whether it is being deleted.</param>
/// <param name="Node">The node that it is bound to.</param>
/// <param name="WaitingReason">Why a container waits, such as <c>CrashLoopBackOff</c>; null where none does.</param>
/// <param name="Unschedulable">What the scheduler says, where it finds no node.</param>
public sealed record PodSnapshot(
    string Name,
    int Ordinal,
    string Uid,
    string? Revision,
    string Phase,
    bool Ready,
    bool Terminating,
    string? Node,
    string? WaitingReason,
    string? Unschedulable)
{
    /// <summary>When it was made; null where the API server does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Since when its condition Ready is True; null where it is not.</summary>
    public DateTimeOffset? ReadySince { get; init; }
}
