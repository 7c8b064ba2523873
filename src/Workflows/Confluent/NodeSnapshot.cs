namespace Orchestrator.Workflows.Confluent;

/// <summary>A node that a pod of the cluster runs on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ready">Whether its condition Ready is True.</param>
/// <param name="Cordoned">Whether it accepts no new pods.</param>
public sealed record NodeSnapshot(string Name, bool Ready, bool Cordoned);
