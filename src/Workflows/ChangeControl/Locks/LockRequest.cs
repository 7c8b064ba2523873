using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What is asked of a guard.</summary>
/// <param name="Holder">Who asks.</param>
/// <param name="Target">The cluster, where the fencing token is written.</param>
/// <param name="Mode">How it is to be held.</param>
/// <param name="Priority">Who is served first.</param>
/// <param name="Expected">How long it is expected to be held.</param>
public sealed record LockRequest(
    LockHolder Holder,
    ChangeTarget Target,
    LockMode Mode,
    LockPriority Priority,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Expected);
