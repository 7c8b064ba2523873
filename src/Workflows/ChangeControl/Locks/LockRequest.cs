using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What is asked of a guard.</summary>
/// <param name="Holder">Who asks.</param>
/// <param name="Places">The clusters, where the fencing token is written.</param>
/// <param name="Mode">How it is to be held.</param>
/// <param name="Priority">Who is served first.</param>
/// <param name="Expected">How long it is expected to be held.</param>
public sealed record LockRequest(
    LockHolder Holder,
    IReadOnlyList<LockPlace> Places,
    LockMode Mode,
    LockPriority Priority,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Expected)
{
    /// <summary>
    /// All guards that the change asks for: who breaks one of them for a holder that has ended releases the others with it.
    /// </summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
