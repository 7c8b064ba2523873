namespace Orchestrator.Starter.Boxes;

/// <summary>What can go wrong with a cluster in the box while a procedure works on it.</summary>
internal enum BoxFault
{
    /// <summary>The broker that is restarted first catches up at a tenth of the speed.</summary>
    SlowBroker,

    /// <summary>The pod that is restarted first does not become Ready for 20 s.</summary>
    UnreadyPod,

    /// <summary>One of the controllers is killed.</summary>
    LostController,
}
