using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Procedures.RollKafkaCluster;

/// <summary>
/// Rolling restart of the brokers or the controllers of a Kafka cluster through the Confluent operator.
/// </summary>
/// <remarks>
/// 1. Look: the operator, the resources, their pods, every partition, the quorum. Whatever blocks refuses.
/// 2. Plan: the trigger on each resource, and the pods in the operator's order; then approvals, by the frame.
/// 3. Gate: before each resource the cluster is read again, several times in a row, and must be whole each time.
/// 4. Trigger: one annotation, whose value derives from the workflow id, so that writing it twice starts one roll. A trigger whose answer
///    is lost counts as written: what the cluster shows decides.
/// 5. Supervise: until every pod is new, Ready and in sync, and the cluster stays steady. A pause, a danger or a standstill holds the
///    operator first; then a person decides; the hold is removed before it continues.
/// 6. Brokers get back the partitions that they should lead; cool down, and the next resource.
/// 7. Validate: the checks of 1 once more, and records are written and read.
/// Guarantees: controllers are done before the first broker; the operator restarts one pod at a time and this run never deletes one; a
/// roll that is not watched to its end, whatever the reason, is held where it is.
/// </remarks>
[Workflow(Type)]
[Procedure<RollKafkaClusterInput>(
    "roll-kafka-cluster", ChangeTier.T2, "Rolling restart of brokers or controllers through the Confluent operator", IsSchedulable = true)]
public sealed class RollKafkaClusterWorkflow
{
    /// <summary>The workflow type.</summary>
    public const string Type = "RollKafkaCluster";

    // Raised when the same world gives another plan.
    private const int PlannerContract = 1;

    // How often a gate that says no is asked again: what it waits for moves in tens of seconds, and every time adds to the history.
    private const int MostGateReadings = 60;
    private static readonly TimeSpan GateEvery = TimeSpan.FromSeconds(20);

    // A look that is not older than this counts as one right before the act.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    // After a roll a short blip is ordinary; what lasts longer fails the validation.
    private static readonly TimeSpan ValidateWithin = TimeSpan.FromMinutes(2);

    private readonly RollKafkaClusterInput _input;
    private readonly ChangeRun _run;
    private readonly List<PodRoll> _pods = [];
    private (DateTime At, ConfluentClusterSnapshot Cluster)? _looked;

    /// <summary>Opens the run.</summary>
    /// <param name="input">A <see cref="RollKafkaClusterInput"/>.</param>
    [WorkflowInit]
    public RollKafkaClusterWorkflow(IRawValue? input = null) => _run = ChangeRun.Open(this, PlannerContract, input, out _input);

    /// <summary>Rolls the cluster.</summary>
    [WorkflowRun]
    public async Task<RollKafkaClusterResult> RunAsync(IRawValue? input = null)
    {
        ChangeOutcome outcome = await _run.ExecuteAsync(
            new ProcedureParts(LookAsync, StepsAsync, ValidateAsync)
            {
                LockOn = _input.Name,
                Rights = RollPlanner.Rights(_input.Component),
                StallAfter = RollFieldRules.StallAfter(_input.Limits),
            });
        return new RollKafkaClusterResult(outcome, _pods);
    }

    // Step 1 and 2.
    private async Task<PlanDraft> LookAsync(ResolvedTarget resolved)
    {
        (ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka) =
            await RunReadings.ReadAsync(_run, _input.Name, _run.IsLocked ? _input.Limits : null);
        PlanDraft draft = RollPlanner.Plan(_input, resolved.Target, cluster, kafka);
        _looked = draft.Blocks ? null : (Workflow.UtcNow, cluster);
        _run.Attach("before/cluster.json", cluster);
        _run.Attach("before/kafka.json", kafka);
        return draft;
    }

    private async Task StepsAsync()
    {
        foreach (RollComponent part in RollPlanner.Parts(_input.Component))
        {
            ComponentSnapshot component = await GateAsync(part);
            await RollAsync(part, component);

            if (part == RollComponent.Brokers)
            {
                await PreferredLeaders.ElectAsync(_run, _input.Name);
            }

            await CoolDownAsync(part);
        }
    }

    // Step 3.
    private async Task<ComponentSnapshot> GateAsync(RollComponent part)
    {
        ComponentSnapshot? component = null;
        await _run.StepAsync(RollNames.GateStep(part), async () =>
        {
            ConfluentClusterSnapshot cluster = await WaitUntilWholeAsync(
                $"roll the {RollNames.Text(part)}", _input.Limits.StallAfter, part);
            component = RollReadiness.Of(cluster, part)!;
            _looked = null;
            return $"{component.Reference} is healthy and can lose a pod.";
        });
        return component!;
    }

    // Step 4 and 5. The trigger is not undone: writing the old value back would be another roll. What it sets going is watched or held.
    private async Task RollAsync(RollComponent part, ComponentSnapshot component)
    {
        string key = RollPlanner.RollKey(Workflow.Info.WorkflowId, part);
        RollProgress progress = RollProgress.Triggered(
            component, component.StatefulSet!.UpdateRevision, component.Generation + 1, Now, key);
        SuperviseCrRollInput input = new(
            _run.Target, _input.Name, part, component.Reference.ToString(), progress, _input.AcceptUnavailable, _input.Limits);
        RollSupervision supervision = new(_run, input, component.Reference, _pods);
        RollSafeEnd end = new(_run, supervision, input, component.Reference);
        if (component.ManualRoll == key)
        {
            // This run was reset after it had rolled the part: all pods are at the revision that carries its key.
            await _run.StepAsync(
                RollNames.TriggerStep(part), () => Task.FromResult($"{component.Reference} was already rolled by this run."));
            return;
        }

        await _run.StepAsync(
            RollNames.TriggerStep(part),
            () => TriggerAsync(part, component, key, supervision, end),
            end.Undo,
            StepKind.Irreversible);

        // It follows the trigger at once: what was asked of the run in between is honoured by holding the operator.
        await _run.StepAsync(RollNames.SuperviseStep(part), supervision.WatchAsync, kind: StepKind.Uninterrupted);
        _run.Settle(RollNames.TriggerStep(part), $"The roll of {component.Reference} was watched to its end.", JournalState.Sealed);
    }

    private async Task<string> TriggerAsync(
        RollComponent part, ComponentSnapshot component, string key, RollSupervision supervision, RollSafeEnd end)
    {
        PointerChange trigger = new(RollNames.TriggerPointer, component.ManualRoll, key);
        try
        {
            PatchObjectResult patched = await _run.ActAsync((audit, options) =>
            {
                PatchObjectInput patch = new(_run.Target, component.Reference, [trigger], _run.Fences)
                {
                    Audit = audit, Warrant = _run.Warrant(RollNames.TriggerStep(part)),
                };
                return Workflow.ExecuteActivityAsync((IObjectActivities a) => a.PatchObjectAsync(patch), options);
            });
            supervision.Progress = RollProgress.Triggered(component, component.StatefulSet!.UpdateRevision, patched.Generation, Now, key);
            return $"{component.Reference} is at generation {patched.Generation}.";
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e) && FailureText.Of(e).Code != ReasonCodes.Fenced)
        {
            // An earlier try may have got through, and its answer not.
            if (!await end.HasBegunAsync())
            {
                throw;
            }

            string sentence = $"Setting the trigger of {component.Reference} failed: {FailureText.Of(e).Sentence} "
                + "The trigger was set nevertheless, and its roll is watched.";
            _run.Tell(ReasonCodes.WorldAway, sentence);
            return sentence;
        }
    }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    // Step 6.
    private Task CoolDownAsync(RollComponent part) => _run.StepAsync(RollNames.CooldownStep(part), () => _run.WaitAsync(_input.Cooldown));

    // Step 7.
    private async Task ValidateAsync()
    {
        _looked = null;
        _run.Attach("after/cluster.json", await WaitUntilWholeAsync("finish", ValidateWithin));
        _run.Attach("after/pods.json", _pods);
        if (_input.Canary)
        {
            await KafkaTrial.WriteAndReadAsync(_run, _input.Name);
        }
    }

    private async Task<ConfluentClusterSnapshot> WaitUntilWholeAsync(string what, TimeSpan limit, RollComponent? before = null)
    {
        // Counted without the readings: a world that does not answer uses up no limit.
        TimeSpan waited = TimeSpan.Zero;
        TimeSpan every = limit / MostGateReadings > GateEvery ? limit / MostGateReadings : GateEvery;
        while (true)
        {
            if (_looked is { } looked && Workflow.UtcNow - looked.At < FreshFor)
            {
                return looked.Cluster;
            }

            (ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka) = await RunReadings.ReadAsync(
                _run, _input.Name, before is null ? null : _input.Limits);
            IReadOnlyList<Refusal> refusals =
            [
                .. RollPlanner.Check(_input, _run.Target, cluster, kafka),
                .. before is { } part ? RollReadiness.CheckRoom([part], _run.Target, cluster) : [],
            ];
            if (refusals.FirstOrDefault(refusal => refusal.Blocks) is not { } refusal)
            {
                return cluster;
            }

            if (waited >= limit)
            {
                throw new ApplicationFailureException(
                    $"Could not {what} within {limit.TotalMinutes:0.#} min. {refusal.Sentence}", errorType: refusal.Code,
                    nonRetryable: true);
            }

            _run.Say($"Waits to {what}: {refusal.Sentence}");
            await Workflow.DelayWithOptionsAsync(new(every, _run.Phase, _run.Token));
            waited += every;
            await _run.CheckpointAsync();
        }
    }
}
