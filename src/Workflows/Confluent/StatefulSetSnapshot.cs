namespace Orchestrator.Workflows.Confluent;

/// <summary>A component's StatefulSet.</summary>
/// <param name="UpdateRevision">The revision that new pods get.</param>
/// <param name="Partition">Pods below this ordinal are held back from a rolling update; 0 holds back none.</param>
public sealed record StatefulSetSnapshot(string UpdateRevision, int Partition);
