namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>What happened to an object.</summary>
public enum StoreEventType
{
    /// <summary>It was created.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,
}

/// <summary>One change of the store.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">
/// The object as it is now; of a deleted one the last state, under the revision of its deletion, as watches tell it.
/// </param>
/// <param name="Previous">The state before; null for a new object.</param>
public sealed record StoreEvent(StoreEventType Type, StoredObject Object, StoredObject? Previous)
{
    /// <summary>The store's revision after the change; of two events the later one has the higher revision.</summary>
    public long Revision => Object.ResourceVersion;
}
