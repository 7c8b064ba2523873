using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// Brings a roll that was set going to a safe end when its run ends before it: the operator is held, or where it cannot be, its roll is
/// watched to the end. It goes by what it reads, whatever became of the answer of the call that set it going, and says that.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="supervision">Its supervision.</param>
/// <param name="input">What is supervised.</param>
/// <param name="reference">The resource that rolls.</param>
internal sealed class RollSafeEnd(ChangeRun run, RollSupervision supervision, SuperviseCrRollInput input, ObjectReference reference)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private readonly RollHold _hold = new(run, input.Part, reference);

    /// <summary>The entry of the journal, written before the trigger.</summary>
    public Undo Undo => new(
        $"holds the operator of {reference}, or watches its roll to the end; removes this change's hold where nothing would restart",
        EndAsync)
    {
        IsUnderWay = true,
    };

    /// <summary>Whether the roll was set going, as the cluster shows it.</summary>
    public async Task<bool> HasBegunAsync() => await ReadAsync() is not { } component || IsShown(component);

    private bool IsShown(ComponentSnapshot component) =>
        component.ManualRoll == input.Progress.Key
        || component.StatefulSet?.UpdateRevision != input.Progress.BaselineRevision
        || Restarted(component) > 0;

    private int Restarted(ComponentSnapshot component) => supervision.Progress.RestartedBefore + supervision.Progress.Pods.Count(
        pod => pod.Replacements > 0 || component.Pods.Any(now => now.Name == pod.Name && now.Uid != pod.OldUid));

    // In the undo of the run: neither an abort nor a cancel reaches it.
    private async Task<string?> EndAsync()
    {
        string? unheld = null;
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await ReadAsync() is not { StatefulSet: { } statefulSet } component)
            {
                return $"{reference} no longer exists; whether the operator is held is unknown.";
            }

            if (!IsShown(component))
            {
                string nothing = $"{reference} shows no trigger and no restart: its roll was not started.";
                run.Settle(RollNames.TriggerStep(input.Part), nothing, JournalState.NotDone);
                return null;
            }

            string how = $"{Restarted(component)} of {supervision.Progress.Total} pods of {reference} were restarted.";
            OperatorHold? hold = component.Holds.FirstOrDefault(hold => hold.Annotation == OperatorHold.BlockReconcile);
            if (hold is not null && hold.ForChange != run.ChangeId)
            {
                string who = hold.ForChange ?? hold.SetBy ?? "somebody else";
                return $"The operator stays held by {who}: this change does not remove that hold. {how}";
            }

            if (WhatIsLeft(component, statefulSet) is not { } left)
            {
                return await LeaveAsync(hold, how, unheld);
            }

            if (hold is not null)
            {
                string letGo = $"kubectl annotate {reference.Resource}/{reference.Name} -n {reference.Namespace} "
                    + $"{OperatorHold.BlockReconcile}- {OperatorHold.Owner}-";
                return $"The operator stays held: {left}, and without the hold it would continue. {how} To let it continue: {letGo}";
            }

            string taken = await _hold.TakeAsync();
            if (_hold.IsThere)
            {
                continue;
            }

            unheld = taken.Trim();
            run.Say($"{unheld} {how} {left}; this run watches the roll to its end and keeps its lock.");
            RollReport report = await supervision.WatchToASafeEndAsync();
            run.RequireLock();
            if (report.Milestone != RollMilestone.Done)
            {
                run.Say($"{report.Sentence} {unheld} It will be held as soon as possible.");
                await Workflow.DelayWithOptionsAsync(new(pause, run.Phase, CancellationToken.None));
            }
        }
    }

    private async Task<string?> LeaveAsync(OperatorHold? hold, string how, string? unheld)
    {
        if (hold is not null)
        {
            await _hold.GiveBackAsync();
        }

        run.Settle(
            RollNames.TriggerStep(input.Part),
            unheld is null
                ? $"{how} Nothing is left to restart, and the operator is not held."
                : $"{unheld} Its roll was therefore watched to the end. {how}",
            JournalState.Sealed);
        return null;
    }

    // To let the operator go in the middle of a roll is to go on with the roll, which is what was aborted.
    private static string? WhatIsLeft(ComponentSnapshot component, StatefulSetSnapshot statefulSet)
    {
        if ((component.ObservedGeneration ?? 0) < component.Generation)
        {
            return "the operator has not started the roll";
        }

        List<string> old = [.. component.Pods.Where(pod => pod.Revision != statefulSet.UpdateRevision).Select(pod => pod.Name)];
        return old.Count > 0 ? $"{ShortList.Of(old)} {(old.Count == 1 ? "is" : "are")} not restarted yet"
            : component.Pods.Count < component.Replicas
                ? $"{component.Replicas - component.Pods.Count} of {component.Replicas} pods are missing"
            : null;
    }

    private async Task<ComponentSnapshot?> ReadAsync()
    {
        ReadConfluentClusterInput read = new(run.Target, input.KafkaName);
        ConfluentClusterSnapshot cluster = await run.ReadAsync(
            options => Workflow.ExecuteActivityAsync((IConfluentActivities a) => a.ReadClusterAsync(read), options));
        return RollReadiness.Of(cluster, input.Part);
    }
}
