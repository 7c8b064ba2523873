using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>
/// Reads what a health check judges, section by section. Lists are streamed; what may not be read is a finding of severity Unknown, and
/// the rest of the section is judged all the same.
/// </summary>
public interface IClusterHealthActivities
{
    /// <summary>
    /// The namespaces that are read: those that were asked for; else <c>kube-system</c>, the operators', and each with a resource of
    /// <c>platform.confluent.io</c>.
    /// </summary>
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException">A namespace that was asked for does not exist.</exception>
    [Activity("FindHealthNamespaces")]
    [Reads]
    Task<HealthNamespaces> FindNamespacesAsync(FindHealthNamespacesInput input);

    /// <summary>The API server's own checks, and the leases of scheduler and controller manager.</summary>
    [Activity("ReadControlPlaneHealth")]
    [Reads]
    Task<SectionReading> ReadControlPlaneAsync(HealthScope scope);

    /// <summary>Nodes: their conditions, cordons and versions.</summary>
    [Activity("ReadNodeHealth")]
    [Reads]
    Task<SectionReading> ReadNodesAsync(HealthScope scope);

    /// <summary>Pods that wait, hang, fail or restart.</summary>
    [Activity("ReadPodHealth")]
    [Reads]
    Task<SectionReading> ReadPodsAsync(HealthScope scope);

    /// <summary>Deployments, StatefulSets, DaemonSets, and disruption budgets.</summary>
    [Activity("ReadWorkloadHealth")]
    [Reads]
    Task<SectionReading> ReadWorkloadsAsync(HealthScope scope);

    /// <summary>Claims, volumes, and the drivers on the nodes that have volumes.</summary>
    [Activity("ReadStorageHealth")]
    [Reads]
    Task<SectionReading> ReadStorageAsync(HealthScope scope);

    /// <summary>Warning events, grouped.</summary>
    [Activity("ReadEventHealth")]
    [Reads]
    Task<SectionReading> ReadEventsAsync(HealthScope scope);

    /// <summary>What changes and people left behind, such as a hold on the operator.</summary>
    [Activity("ReadLeftovers")]
    [Reads]
    Task<SectionReading> ReadLeftoversAsync(HealthScope scope);

    /// <summary>Certificates in secrets that end soon.</summary>
    [Activity("ReadCertificateHealth")]
    [Reads]
    Task<SectionReading> ReadCertificatesAsync(HealthScope scope);
}

/// <summary>Which namespaces a health check is to read.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Wanted">Those that were asked for; empty for the usual ones.</param>
public sealed record FindHealthNamespacesInput(ChangeTarget Target, IReadOnlyList<string> Wanted);

/// <summary>The namespaces that are read.</summary>
/// <param name="Names">In order, without repetitions.</param>
public sealed record HealthNamespaces(IReadOnlyList<string> Names);
