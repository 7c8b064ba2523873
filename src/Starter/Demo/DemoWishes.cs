using Orchestrator.Sandbox.Clusters;

namespace Orchestrator.Starter.Demo;

/// <summary>What somebody wants to see.</summary>
/// <param name="Scenario">The cluster.</param>
/// <param name="Procedure">The procedure's name.</param>
/// <param name="Fault">The fault to inject; null: none.</param>
/// <param name="Approves">Whether the demo approves by itself; else it asks.</param>
/// <param name="Keeps">Whether the cluster stays up afterwards.</param>
internal sealed record DemoWishes(ClusterScenario Scenario, string Procedure, DemoFault? Fault, bool Approves, bool Keeps);

/// <summary>The faults that a demo can inject, besides the end of its worker.</summary>
internal enum DemoFault
{
    /// <summary>The broker that is restarted first catches up at a tenth of the speed.</summary>
    SlowBroker,

    /// <summary>The broker that is restarted first does not become Ready for 20 s.</summary>
    UnreadyPod,

    /// <summary>One of the controllers is killed while the brokers roll.</summary>
    LostController,
}
