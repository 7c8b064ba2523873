using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Assessments;

/// <summary>
/// The frame of procedures that read and judge. Every section is read alone and at the same time as the others; one that cannot be read is
/// unknown, and the rest goes on. There is no approval and no lock, and no right to write is asked for. What it comes to is compared with
/// the last report of the same kind, kept, and audited.
/// </summary>
public sealed class AssessmentRun
{
    private readonly RunInput _input;
    private readonly ChangeProgress _progress;
    private readonly AuditTrail _audit;
    private readonly RunEvidence _evidence;
    private readonly RunNotices _notices;

    private AssessmentRun(RunInput input)
    {
        _input = input;
        _progress = new ChangeProgress(input.Procedure.WorkflowType, 1, input.Procedure.Tier, input.Target, input.Request)
        {
            Sentence = "Reads the cluster.",
        };
        _audit = new AuditTrail(_progress);
        _evidence = new RunEvidence(_progress, _audit);
        _notices = new RunNotices(_progress.ChangeId, _progress.Target, $"{input.Procedure.Name}/{_progress.Target}");
        Workflow.Queries[ChangeNames.StatusQuery] = WorkflowQueryDefinition.CreateWithoutAttribute(
            ChangeNames.StatusQuery, () => _progress.Status([]), "The current state of the assessment.");
    }

    /// <summary>The target, with its namespace, once it is resolved.</summary>
    public ChangeTarget Target { get; private set; } = new("");

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    /// <summary>Opens the run of an assessment, with whatever somebody sent as its input.</summary>
    /// <param name="procedure">The workflow; its attribute names the procedure.</param>
    /// <param name="raw">A <typeparamref name="TInput"/>; what cannot be read of it refuses the run.</param>
    /// <param name="input">What was read of it, with defaults for the rest.</param>
    public static AssessmentRun Open<TInput>(object procedure, IRawValue? raw, out TInput input)
        where TInput : class, IProcedureInput => new(RunInput.Read(procedure, raw, out input));

    /// <summary>Reads every section, judges, compares and keeps the report.</summary>
    /// <param name="prepare">
    /// Says which sections there are, in the order of the report; given the last report, null where there is none. A fatal answer refuses
    /// the run.
    /// </param>
    /// <param name="most">How many findings the report lists.</param>
    public async Task<AssessmentReport> ExecuteAsync(Func<AssessmentReport?, Task<IReadOnlyList<Probe>>> prepare, int most)
    {
        DateTimeOffset began = Now;
        _progress.Submit();
        _audit.Add(AuditTypes.Submitted, _input.Request.Reason, actor: _progress.RequestedBy);
        _evidence.Attach(
            "input.json", new { _progress.Procedure, _input.Target, Change = _input.Request, Inputs = _input.Own });
        AssessmentReport report = _input.Faults(RequestRules.CheckReading) is { Count: > 0 } faults
            ? Refused(began, "The input is not valid.", [.. faults.Select(fault => Refusal.Block(ReasonCodes.InputInvalid, fault))])
            : await AssessAsync(prepare, most, began);
        ChangeState state = report.Refusals.Count > 0 ? ChangeState.Refused : ChangeState.Succeeded;
        _progress.Refusals = report.Refusals;
        _progress.Move(state, report.Sentence, null);
        _audit.Add(AuditTypes.Moved, $"{state}: {report.Sentence}");
        _evidence.Attach("report.json", report);
        string text = ReportText.Markdown(report);
        _evidence.Attach("report.md", text);
        Workflow.CurrentDetails = text;
        await _evidence.WriteAsync(_progress.Status([]));
        await _notices.BegunAsync();
        return _progress.Evidence is null ? report with { Remarks = [.. report.Remarks, _progress.Sentence] } : report;
    }

    private AssessmentReport Refused(DateTimeOffset began, string sentence, IReadOnlyList<Refusal> refusals) => new(
        _progress.ChangeId, _input.Procedure.Name, _input.Target, began, Verdict.Unknown, sentence, [], [],
        new Dictionary<FindingSeverity, int>(), null)
    {
        Refusals = refusals,
    };

    private async Task<AssessmentReport> AssessAsync(
        Func<AssessmentReport?, Task<IReadOnlyList<Probe>>> prepare, int most, DateTimeOffset began)
    {
        ResolvedTarget resolved = await Workflow.ExecuteActivityAsync(
            (ITargetActivities a) => a.ResolveTargetAsync(new(_input.Target, null)), ActivityCalls.Read.For("resolve"));
        Target = resolved.Target;
        if (resolved.Refusals.FirstOrDefault(refusal =>
            refusal.Code is ReasonCodes.TargetUnknown or ReasonCodes.TargetMismatch) is { } refusal)
        {
            return Refused(began, "The target is refused; nothing was read.", [refusal]);
        }

        List<string> remarks = [];
        string digest = PlanHash.InputsDigest(_input.Own, Target, ChangeClass.Feature, OnFailure.Leave);
        ReportSubject subject = new(_input.Procedure.Name, Target.Context, digest);
        _notices.IsOn = resolved.Policy.Notifies;
        Refusal? away = resolved.Refusals.FirstOrDefault(each => each.Code == ReasonCodes.TargetUnreachable);
        string? uid = away is null ? resolved.ClusterUid : null;
        AssessmentReport? before = await LastAsync(subject, uid, remarks);
        IReadOnlyList<Probe> probes;
        try
        {
            probes = away is null ? await prepare(before) : [new("api", _ => Task.FromResult(Away(away)))];
        }
        catch (ActivityFailureException e) when (e.RetryState == RetryState.NonRetryableFailure)
        {
            (string code, string sentence) = FailureText.Of(e);
            return Refused(began, "The input does not fit the cluster; nothing was judged.", [Refusal.Block(code, sentence)]);
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e))
        {
            // What every section rests on could not be read: the report says that in place of them.
            probes = [new("preparation", _ => Task.FromException<SectionReading>(e))];
        }

        (string Name, SectionReading Reading)[] read = await Workflow.WhenAllAsync(probes.Select(ReadAsync));
        SectionReading target = SectionReading.Of("the target itself", TargetFindings(resolved), most);
        (string Name, SectionReading Reading)[] all = [("target", target), .. read];
        (IReadOnlyList<Finding> listed, IReadOnlyDictionary<FindingSeverity, int> rest) =
            ReportRules.List([.. all.Select(section => section.Reading)], most);
        ReportSection[] sections = [.. all.Select(section => ReportRules.Section(section.Name, section.Reading))];
        Verdict verdict = sections.Max(section => section.Verdict);
        AssessmentReport report = new(
            _progress.ChangeId, _input.Procedure.Name, Target, began, verdict, ReportRules.Sentence(verdict, listed, rest),
            sections, listed, rest, null)
        {
            Counters = all.SelectMany(section => section.Reading.Counters.Select(
                counter => KeyValuePair.Create($"{section.Name}/{counter.Key}", counter.Value))).ToDictionary(),
        };
        report = report with
        {
            Difference = before is null ? null : ReportRules.Compare(before, report),
            Remarks = remarks,
            ClusterUid = uid,
        };
        if (ReportNotices.Of(before, report) is var (type, severity, title, text))
        {
            _notices.Tell(type, severity, title, text, isTrouble: report.Verdict != Verdict.Healthy);
        }

        return await KeepAsync(subject, report);
    }

    // What keeps a change from beginning is worth knowing here, and no more than that.
    private static IEnumerable<Finding> TargetFindings(ResolvedTarget resolved) => resolved.Refusals
        .Where(refusal => refusal.Code != ReasonCodes.TargetUnreachable)
        .Select(refusal => new Finding(
            refusal.Code,
            refusal.Severity switch
            {
                RefusalSeverity.Block => FindingSeverity.Warning,
                RefusalSeverity.Unknown => FindingSeverity.Unknown,
                _ => FindingSeverity.Info,
            },
            refusal.Object ?? $"cluster {resolved.Target.Context}",
            refusal.Sentence,
            refusal.HowToResolve));

    private static SectionReading Away(Refusal refusal) => SectionReading.Of(
        refusal.Sentence,
        [
            new(AssessmentCodes.ApiUnreachable, FindingSeverity.Critical, refusal.Object ?? "the API server", refusal.Sentence,
                refusal.HowToResolve),
        ],
        1);

    private async Task<(string Name, SectionReading Reading)> ReadAsync(Probe probe)
    {
        try
        {
            return (probe.Name, await probe.ReadAsync(ActivityCalls.Probe.For(probe.Name)));
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e))
        {
            (string code, string sentence) = FailureText.Of(e);
            _audit.Add(AuditTypes.Recheck, $"{probe.Name}: {sentence}", "failed", code);
            // A server that answered at the beginning and does not any more is news, and not only a gap.
            bool isAway = code is ReasonCodes.TargetUnreachable or KubernetesCodes.KubernetesUnavailable;
            return (probe.Name, SectionReading.Of(
                $"Could not be read: {sentence}",
                [
                    new(
                        isAway ? AssessmentCodes.ApiUnreachable : AssessmentCodes.SectionUnread,
                        isAway ? FindingSeverity.Critical : FindingSeverity.Unknown,
                        $"section {probe.Name}",
                        $"Section {probe.Name} could not be read ({code}): {sentence}"),
                ],
                1));
        }
    }

    // Another cluster that goes by the same name has another past.
    private static async Task<AssessmentReport?> LastAsync(ReportSubject subject, string? uid, List<string> remarks)
    {
        try
        {
            AssessmentReport? last = (await Workflow.ExecuteActivityAsync(
                (IReportActivities a) => a.ReadLastReportAsync(subject), ActivityCalls.Glance.For("last report"))).Report;
            return uid is null || last?.ClusterUid is null || last.ClusterUid == uid ? last : null;
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e))
        {
            remarks.Add($"It was compared with no earlier report: {FailureText.Of(e).Sentence}");
            return null;
        }
    }

    private static async Task<AssessmentReport> KeepAsync(ReportSubject subject, AssessmentReport report)
    {
        try
        {
            await Workflow.ExecuteActivityAsync(
                (IReportActivities a) => a.KeepReportAsync(new(subject, report)), ActivityCalls.Glance.For("keep report"));
            return report;
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e))
        {
            return report with { Remarks = [.. report.Remarks, $"It could not be kept: {FailureText.Of(e).Sentence}"] };
        }
    }
}
