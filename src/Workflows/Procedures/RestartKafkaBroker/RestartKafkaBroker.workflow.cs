using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>
/// Restarts one broker or controller, or recreates a dead one's pod.
/// </summary>
/// <remarks>
/// 1. Look: the operator, the resource, its pods, every partition, the quorum. Whatever blocks refuses; of a pod that is to be repaired,
///    what it alone explains does not.
/// 2. Plan: the pod, and what it leads; then approvals and the lock, by the frame.
/// 3. Remove: the gate is read again right before each try; the pod is evicted, which asks the disruption budgets. A dead one is deleted.
/// 4. Supervise: until the pod is new, Ready and in sync, and the cluster stays steady.
/// 5. Elect: the broker gets back the partitions that it should lead.
/// 6. Validate: the checks of 1 once more, and records are written and read.
/// Guarantees: no broker is touched that recovers its log, and none whose loss takes a partition below its min.insync.replicas or breaks
/// the quorum; the very pod that was planned is removed, once, and no other.
/// </remarks>
[Workflow(Type)]
[Procedure<RestartKafkaBrokerInput>("restart-kafka-broker", ChangeTier.T2, "Restart or repair of one broker or controller")]
public sealed class RestartKafkaBrokerWorkflow
{
    /// <summary>The workflow type.</summary>
    public const string Type = "RestartKafkaBroker";

    // Raised when the same world gives another plan.
    private const int PlannerContract = 1;

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ValidateWithin = TimeSpan.FromMinutes(2);

    private readonly RestartKafkaBrokerInput _input;
    private readonly ChangeRun _run;
    private readonly List<PodRoll> _pods = [];
    private RestartPod? _pod;

    /// <summary>Opens the run.</summary>
    /// <param name="input">A <see cref="RestartKafkaBrokerInput"/>.</param>
    [WorkflowInit]
    public RestartKafkaBrokerWorkflow(IRawValue? input = null) => _run = ChangeRun.Open(this, PlannerContract, input, out _input);

    /// <summary>Restarts it.</summary>
    [WorkflowRun]
    public async Task<RestartKafkaBrokerResult> RunAsync(IRawValue? input = null)
    {
        ChangeOutcome outcome = await _run.ExecuteAsync(
            new ProcedureParts(LookAsync, StepsAsync, ValidateAsync)
            {
                LockOn = _input.Name,
                Rights = RestartPlanner.Rights(_input.Repair),
                StallAfter = RollFieldRules.StallAfter(_input.Limits),
            });
        return new RestartKafkaBrokerResult(outcome, _pods.FirstOrDefault());
    }

    // Step 1 and 2.
    private async Task<PlanDraft> LookAsync(ResolvedTarget resolved)
    {
        (ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka) =
            await RunReadings.ReadAsync(_run, _input.Name, _run.IsLocked ? _input.Limits : null);
        _pod = RestartPod.Find(_input, cluster);
        _run.Attach("before/cluster.json", cluster);
        _run.Attach("before/kafka.json", kafka);
        return RestartPlanner.Plan(_input, resolved.Target, cluster, kafka);
    }

    private async Task StepsAsync()
    {
        RestartPod pod = _pod!;
        RollProgress progress = RollProgress.Restart(pod.Component, pod.Pod, new(Workflow.UtcNow, TimeSpan.Zero));

        // Step 3. Not undone: the StatefulSet makes the pod anew. Until the pod goes, an abort leaves everything as it was.
        await _run.StepAsync(RestartNames.RemoveStep, () => RemoveAsync(pod));

        // Step 4.
        SuperviseCrRollInput watch = new(
            _run.Target, _input.Name, pod.Part, pod.ToString(), progress, _input.AcceptUnavailable, _input.Limits);
        RollSupervision supervision = new(_run, watch, held: null, _pods);
        await _run.StepAsync(RestartNames.SuperviseStep, supervision.WatchAsync, kind: StepKind.Uninterrupted);
        _run.Settle(RestartNames.RemoveStep, $"{pod} was watched until it was back.", JournalState.Sealed);

        // Step 5.
        if (pod.Part == RollComponent.Brokers)
        {
            await PreferredLeaders.ElectAsync(_run, _input.Name);
        }
    }

    // Each try has a reading of its own right before it: a cluster that could lose the pod a moment ago may not be able to any more, and a
    // pod that was dead may be back.
    private async Task<string> RemoveAsync(RestartPod pod)
    {
        TimeSpan waited = TimeSpan.Zero;
        bool isTried = false;
        while (true)
        {
            (RestartPod? now, Refusal? no) = await GateAsync();
            if (IsGone(now) && isTried)
            {
                return $"{pod} is being removed: an earlier attempt succeeded, but its answer was lost.";
            }

            if (now?.Pod.Uid != pod.Pod.Uid)
            {
                throw Failure(ReasonCodes.PlanChanged, $"{pod} is no longer the pod that was planned.");
            }

            if (no?.Code == RestartKafkaBrokerCodes.RepairNotNeeded)
            {
                throw Failure(no.Code, $"{no.Sentence} It came back by itself.");
            }

            if (no is null)
            {
                isTried = true;
                no = await TryToRemoveAsync(now);
            }

            if (no is null)
            {
                return $"{pod} is being removed.";
            }

            if (waited >= AskFor)
            {
                await _run.AskAsync(no.Code, $"{pod} could not be removed within {AskFor.TotalMinutes:0} min. {no.Sentence}");
                waited = TimeSpan.Zero;
            }

            _run.Say($"Waits to remove {pod}: {no.Sentence}");
            await Workflow.DelayWithOptionsAsync(new(AskEvery, _run.Phase, _run.Token));
            waited += AskEvery;
            await _run.CheckpointAsync();
        }
    }

    private bool IsGone(RestartPod? now) => now is null || now.Pod.Uid != _pod!.Pod.Uid || now.Pod.Terminating;

    private static ApplicationFailureException Failure(string code, string sentence) => new(sentence, errorType: code, nonRetryable: true);

    // The pod as it is now, and why it must not go; null where it may.
    private async Task<(RestartPod? Pod, Refusal? No)> GateAsync()
    {
        (ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka) = await RunReadings.ReadAsync(_run, _input.Name);
        return (
            RestartPod.Find(_input, cluster),
            RestartPlanner.CheckBefore(_input, _run.Target, cluster, kafka).FirstOrDefault(refusal => refusal.Blocks));
    }

    private async Task<Refusal?> TryToRemoveAsync(RestartPod pod)
    {
        // An answer that does not come does not say that the pod has stayed.
        _run.Push(new Undo($"checks whether {pod} was removed; the StatefulSet recreates it", LookAfterItAsync) { IsUnderWay = true });
        try
        {
            if (await (pod.IsDown ? DeleteAsync(pod) : EvictAsync(pod)) is not { } refused)
            {
                return null;
            }

            _run.Settle(RestartNames.RemoveStep, refused, JournalState.NotDone);
            return Refusal.Block(KubernetesCodes.EvictionRefused, refused, $"pod {pod.Pod.Name}");
        }
        catch (ActivityFailureException e)
            when (!TemporalException.IsCanceledException(e) && e.RetryState != RetryState.NonRetryableFailure)
        {
            return Refusal.Unknown(
                ReasonCodes.WorldAway,
                $"It is not known yet whether {pod} is being removed: {FailureText.Of(e).Sentence}",
                $"pod {pod.Pod.Name}");
        }
    }

    private async Task<string?> DeleteAsync(RestartPod pod)
    {
        ObjectReference dead = new("", "v1", "pods", _run.Target.Namespace, pod.Pod.Name, pod.Pod.Uid);
        await _run.ActOnceAsync((audit, options) =>
        {
            DeleteObjectInput delete = new(_run.Target, dead, _run.Fences)
            {
                Audit = audit,
                Warrant = _run.Warrant(RestartNames.RemoveStep),
            };
            return Workflow.ExecuteActivityAsync((IRemovalActivities a) => a.DeleteObjectAsync(delete), options);
        });
        return null;
    }

    // Why it stays; null where it goes.
    private async Task<string?> EvictAsync(RestartPod pod)
    {
        EvictPodResult evicted = await _run.ActOnceAsync((audit, options) =>
        {
            EvictPodInput evict = new(_run.Target, pod.Pod.Name, pod.Pod.Uid, _run.Fences)
            {
                Audit = audit, Warrant = _run.Warrant(RestartNames.RemoveStep),
            };
            return Workflow.ExecuteActivityAsync((IRemovalActivities a) => a.EvictPodAsync(evict), options);
        });
        return evicted.Gone ? null : $"A disruption budget prevents the eviction of pod {pod.Pod.Name}: {evicted.Refusal}";
    }

    // In the undo of the run. What went cannot be brought back by it; what is there is said.
    private async Task<string?> LookAfterItAsync()
    {
        (ConfluentClusterSnapshot cluster, _) = await RunReadings.ReadAsync(_run, _input.Name);
        RestartPod? now = RestartPod.Find(_input, cluster);
        if (!IsGone(now))
        {
            _run.Settle(RestartNames.RemoveStep, $"{_pod} is still there: it was not removed.", JournalState.NotDone);
            return null;
        }

        string state = now is null ? "it has not been recreated yet"
            : now.Pod.Uid == _pod!.Pod.Uid ? "it is shutting down"
            : now.Pod.Ready ? "it is back and Ready"
            : $"it has been recreated and is not Ready{((now.Pod.Unschedulable ?? now.Pod.WaitingReason) is { } why ? $": {why}" : "")}";
        return $"{_pod} was removed; {state}.";
    }

    // Step 6.
    private async Task ValidateAsync()
    {
        TimeSpan waited = TimeSpan.Zero;
        while (true)
        {
            (ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka) = await RunReadings.ReadAsync(_run, _input.Name);
            Refusal? no = RestartPlanner.Check(_input with { Repair = false }, _run.Target, cluster, kafka)
                .FirstOrDefault(refusal => refusal.Blocks);
            if (no is null)
            {
                _run.Attach("after/cluster.json", cluster);
                await KafkaTrial.WriteAndReadAsync(_run, _input.Name);
                return;
            }

            if (waited >= ValidateWithin)
            {
                throw new ApplicationFailureException(
                    $"The cluster was not healthy within {ValidateWithin.TotalMinutes:0.#} min. {no.Sentence}",
                    errorType: no.Code, nonRetryable: true);
            }

            _run.Say($"Waits to finish: {no.Sentence}");
            await Workflow.DelayWithOptionsAsync(new(AskEvery, _run.Phase, _run.Token));
            waited += AskEvery;
        }
    }
}
