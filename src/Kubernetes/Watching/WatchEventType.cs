namespace Orchestrator.Kubernetes;

/// <summary>What happened to the object of a <see cref="WatchEvent"/>.</summary>
public enum WatchEventType
{
    /// <summary>It is there: created, or found.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>Nothing: the object carries only the resourceVersion up to which everything has been told.</summary>
    Bookmark,
}
