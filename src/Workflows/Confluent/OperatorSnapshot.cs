namespace Orchestrator.Workflows.Confluent;

/// <summary>The Confluent operator's Deployment: label <c>app=confluent-operator</c>.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="AvailableReplicas">How many of its pods are available.</param>
public sealed record OperatorSnapshot(string Namespace, string Name, int AvailableReplicas);
