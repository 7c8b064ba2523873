namespace Orchestrator.Kubernetes;

/// <summary>What came of an eviction.</summary>
public enum EvictionOutcome
{
    /// <summary>The pod is ending.</summary>
    Evicted,

    /// <summary>The pod is not there, or another one has its name.</summary>
    AlreadyGone,

    /// <summary>A disruption budget says no for now.</summary>
    Refused,
}
