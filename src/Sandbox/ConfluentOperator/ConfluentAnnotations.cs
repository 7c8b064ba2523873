namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>Annotations that the operator, its users and the nodes exchange.</summary>
public static class ConfluentAnnotations
{
    /// <summary>On a custom resource, <c>"true"</c>: the operator leaves the component as it is, a roll stops at the current pod.</summary>
    public const string BlockReconcile = "platform.confluent.io/block-reconcile";

    /// <summary>On a custom resource, <c>"true"</c>: reconcile now; the operator removes it.</summary>
    public const string ForceReconcile = "platform.confluent.io/force-reconcile";

    /// <summary>On a custom resource, <c>"disable"</c>: a roll goes on without looking at partitions or at the quorum.</summary>
    public const string RollPrecheck = "platform.confluent.io/roll-precheck";

    /// <summary>On a custom resource, names of pods with commas between: no pod is rolled as long as it is there.</summary>
    public const string MaintenanceMode = "platform.confluent.io/maintenance-mode";

    /// <summary>
    /// On a custom resource, <c>"true"</c>: its pods log with log4j 1. Those of Confluent Platform 7 do not start without it.
    /// </summary>
    public const string UseLog4j1 = "platform.confluent.io/use-log4j1";

    /// <summary>In <c>spec.podTemplate.annotations</c>: a new value restarts every pod, one after the other.</summary>
    public const string ManualRoll = "kafkacluster-manual-roll";

    /// <summary>
    /// On a pod, <c>host:port</c> (<c>127.0.0.1:22040</c>, <c>[::1]:22040</c>): where the pod's Jolokia agent can be reached over HTTP.
    /// A node writes it when it starts the pod, if the agent does not listen on the pod's own IP. Without it: <c>podIP:7777</c>.
    /// </summary>
    public const string JolokiaAddress = "platform.confluent.io/jolokia-address";

    /// <summary>
    /// On a pod: SHA-256 of the shared configuration that it was made for, so that a changed configuration is a new revision.
    /// </summary>
    public const string ConfigChecksum = "platform.confluent.io/config-checksum";
}
