using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;

namespace Orchestrator.Starter.Demo;

/// <summary>What somebody wants to see.</summary>
/// <param name="Scenario">The cluster.</param>
/// <param name="Procedure">The procedure's name.</param>
/// <param name="Fault">The fault to inject; null: none.</param>
/// <param name="Approves">Whether the demo approves by itself; else it asks.</param>
/// <param name="Keeps">Whether the cluster stays up afterwards.</param>
internal sealed record DemoWishes(ClusterScenario Scenario, string Procedure, BoxFault? Fault, bool Approves, bool Keeps);
