using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Kubernetes.Health;
using Orchestrator.Workflows.Tests.Runs;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Assessments;

/// <summary>A cluster whose health is written down, section by section, and a store that keeps what it is given.</summary>
internal sealed class ScriptedHealth
{
    private readonly List<AssessmentReport> _kept = [];
    private readonly List<HealthScope> _scopes = [];

    /// <summary>What each section answers, by the name of its activity; the others answer that all is well.</summary>
    public Dictionary<string, Func<SectionReading>> Sections { get; } = [];

    /// <summary>What the target is refused for.</summary>
    public IReadOnlyList<Refusal> Refusals { get; set; } = [];

    /// <summary>Where people are told.</summary>
    public ScriptedChannels Channels { get; } = new();

    /// <summary>Why the store takes nothing; null where it does.</summary>
    public string? StoreIsAway { get; set; }

    /// <summary>The reports that were kept, in order.</summary>
    public IReadOnlyList<AssessmentReport> Kept => [.. _kept];

    /// <summary>What the pods were read with, in order.</summary>
    public IReadOnlyList<HealthScope> Scopes => [.. _scopes];

    /// <summary>The evidence that was written.</summary>
    public WriteEvidenceInput? Evidence { get; private set; }

    public static ApplicationFailureException Fails(string code) => new($"{code} happened.", errorType: code, nonRetryable: true);

    [Activity("ResolveTarget")]
    public Task<ResolvedTarget> ResolveTargetAsync(ResolveTargetInput input) => Task.FromResult(
        new ResolvedTarget(
            input.Target with { Namespace = "confluent" }, "cluster-uid",
            ScriptedWorld.Asking() with { Notifies = true }, Refusals));

    [Activity("FindHealthNamespaces")]
    public Task<HealthNamespaces> FindNamespacesAsync(FindHealthNamespacesInput input) => input.Wanted.Contains("gone")
        ? throw Fails(ReasonCodes.TargetNotFound)
        : Task.FromResult(new HealthNamespaces(["confluent", "kube-system"]));

    [Activity("ReadControlPlaneHealth")]
    public Task<SectionReading> ReadControlPlaneAsync(HealthScope scope) => Answer("ReadControlPlaneHealth");

    [Activity("ReadNodeHealth")]
    public Task<SectionReading> ReadNodesAsync(HealthScope scope) => Answer("ReadNodeHealth");

    [Activity("ReadPodHealth")]
    public Task<SectionReading> ReadPodsAsync(HealthScope scope)
    {
        _scopes.Add(scope);
        return Answer("ReadPodHealth");
    }

    [Activity("ReadWorkloadHealth")]
    public Task<SectionReading> ReadWorkloadsAsync(HealthScope scope) => Answer("ReadWorkloadHealth");

    [Activity("ReadStorageHealth")]
    public Task<SectionReading> ReadStorageAsync(HealthScope scope) => Answer("ReadStorageHealth");

    [Activity("ReadEventHealth")]
    public Task<SectionReading> ReadEventsAsync(HealthScope scope) => Answer("ReadEventHealth");

    [Activity("ReadLeftovers")]
    public Task<SectionReading> ReadLeftoversAsync(HealthScope scope) => Answer("ReadLeftovers");

    [Activity("ReadCertificateHealth")]
    public Task<SectionReading> ReadCertificatesAsync(HealthScope scope) => Answer("ReadCertificateHealth");

    [Activity("ReadLastReport")]
    public Task<LastReport> ReadLastReportAsync(ReportSubject subject) =>
        StoreIsAway is { } code ? throw Fails(code) : Task.FromResult(new LastReport(_kept.LastOrDefault()));

    [Activity("KeepReport")]
    public Task KeepReportAsync(KeepReportInput input)
    {
        if (StoreIsAway is { } code)
        {
            throw Fails(code);
        }

        _kept.Add(input.Report);
        return Task.CompletedTask;
    }

    [Activity("WriteEvidence")]
    public Task<EvidenceReference> WriteEvidenceAsync(WriteEvidenceInput input)
    {
        Evidence = input;
        return Task.FromResult(new EvidenceReference($"/evidence/{input.ChangeId}", "hash", input.Documents.Count));
    }

    private Task<SectionReading> Answer(string activity) => Task.FromResult(
        Sections.TryGetValue(activity, out Func<SectionReading>? section) ? section() : SectionReading.Of("all is well", [], 9));
}
