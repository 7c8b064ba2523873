namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>Where a pod's process listens on the loopback address.</summary>
/// <param name="ProcessName">Its name in the lab, as in <c>lab kafka stop ID</c>: <c>kafka-ID</c>, controllers from 100.</param>
/// <param name="Listener">Port of Kafka's protocol.</param>
/// <param name="Jolokia">Port of the Jolokia agent.</param>
internal sealed record PodPorts(string ProcessName, int Listener, int Jolokia);
