namespace Orchestrator.Lab.Cluster.Observation;

/// <summary>A pod whose deletion was asked for, by whomever.</summary>
/// <param name="Name">Name of the pod.</param>
/// <param name="Uid">The pod among those of this name.</param>
/// <param name="Revision">The StatefulSet revision that it was made from.</param>
public sealed record PodDeletion(string Name, string Uid, string Revision);
