using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes.Health;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Procedures.CheckClusterHealth;

/// <summary>
/// Says what is wrong on a Kubernetes cluster, worst first.
/// </summary>
/// <remarks>
/// 1. Resolve: the target, and the namespaces that are read.
/// 2. Read: every section alone and at the same time as the others. What cannot be read is Unknown, and the rest goes on.
/// 3. Judge: the verdict is the worst of the sections; the report is compared with the last one, kept and audited.
/// Guarantees: it changes nothing, asks for no right to write, and ends within minutes also where the API server stops answering.
/// </remarks>
[Workflow(Type)]
[Procedure<CheckClusterHealthInput>(
    "check-cluster-health", ChangeTier.T1, "Verdict on a Kubernetes cluster, with findings, worst first", Kind = ProcedureKind.Assessment,
    IsSchedulable = true)]
public sealed class CheckClusterHealthWorkflow
{
    /// <summary>The workflow type.</summary>
    public const string Type = "CheckClusterHealth";

    private const string Pods = "pods";

    private readonly CheckClusterHealthInput _input;
    private readonly AssessmentRun _run;

    /// <summary>Opens the run.</summary>
    /// <param name="input">A <see cref="CheckClusterHealthInput"/>.</param>
    [WorkflowInit]
    public CheckClusterHealthWorkflow(IRawValue? input = null) => _run = AssessmentRun.Open(this, input, out _input);

    /// <summary>Checks the cluster.</summary>
    [WorkflowRun]
    public Task<AssessmentReport> RunAsync(IRawValue? input = null) => _run.ExecuteAsync(PrepareAsync, _input.MaxFindings);

    // Step 1. A namespace that was asked for and does not exist refuses the run.
    private async Task<IReadOnlyList<Probe>> PrepareAsync(AssessmentReport? before)
    {
        HealthNamespaces found = await Workflow.ExecuteActivityAsync(
            (IClusterHealthActivities a) => a.FindNamespacesAsync(new(_run.Target, _input.Namespaces)),
            ActivityCalls.Probe.For("namespaces"));
        HealthScope scope = Scope(found.Names, before);
        return [.. Probes(scope).Where(probe => !_input.Quick || probe.Name is "control-plane" or "nodes" or Pods)];
    }

    private HealthScope Scope(IReadOnlyList<string> namespaces, AssessmentReport? before)
    {
        HealthScope scope = new(_run.Target, namespaces)
        {
            RestartThreshold = _input.RestartThreshold,
            RestartWindow = _input.RestartWindow,
            PendingAfter = _input.PendingAfter,
            EventWindow = _input.EventWindow,
            CertWarn = _input.CertWarn,
            MaxFindings = _input.MaxFindings,
        };
        return before is null || new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero) - before.At > _input.RestartWindow ? scope : scope with
        {
            CountedAt = before.At,
            RestartsBefore = before.Counters.Where(row => row.Key.StartsWith($"{Pods}/", StringComparison.Ordinal))
                .ToDictionary(row => row.Key[(Pods.Length + 1)..], row => row.Value),
        };
    }

    // Step 2.
    private static IEnumerable<Probe> Probes(HealthScope scope) =>
    [
        new("control-plane", options => Workflow.ExecuteActivityAsync(
            (IClusterHealthActivities a) => a.ReadControlPlaneAsync(scope), options)),
        new("nodes", options => Workflow.ExecuteActivityAsync((IClusterHealthActivities a) => a.ReadNodesAsync(scope), options)),
        new(Pods, options => Workflow.ExecuteActivityAsync((IClusterHealthActivities a) => a.ReadPodsAsync(scope), options)),
        new("workloads", options => Workflow.ExecuteActivityAsync((IClusterHealthActivities a) => a.ReadWorkloadsAsync(scope), options)),
        new("storage", options => Workflow.ExecuteActivityAsync((IClusterHealthActivities a) => a.ReadStorageAsync(scope), options)),
        new("events", options => Workflow.ExecuteActivityAsync((IClusterHealthActivities a) => a.ReadEventsAsync(scope), options)),
        new("leftovers", options => Workflow.ExecuteActivityAsync((IClusterHealthActivities a) => a.ReadLeftoversAsync(scope), options)),
        new("certificates", options => Workflow.ExecuteActivityAsync(
            (IClusterHealthActivities a) => a.ReadCertificatesAsync(scope), options)),
    ];
}
