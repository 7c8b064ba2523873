namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>
/// The order of a roll: outdated pods from the highest ordinal down, one at a time, the next only when every pod is there and ready. Which
/// controller is active makes no difference, as with Confluent's operator.
/// </summary>
internal static class RollOrder
{
    /// <summary>Decides from the pods alone; partitions and quorum are looked at before the step is taken.</summary>
    public static RollStep Next(Component component, string updateRevision, IReadOnlyList<RolledPod> pods, OperatorFaults faults)
    {
        List<RolledPod> outdated = [.. pods.Where(pod => pod.Revision != updateRevision).OrderByDescending(pod => pod.Ordinal)];
        if (outdated.Count == 0)
        {
            return RollStep.Done;
        }

        if (component.IsInMaintenance)
        {
            return RollStep.Wait("the resource is in maintenance mode");
        }

        if (pods.FirstOrDefault(pod => pod.IsCrashLooping) is { } crashing)
        {
            return RollStep.Wait($"pod {crashing.Name} is in CrashLoopBackOff");
        }

        if (outdated[0].Ordinal == faults.HangsBeforeOrdinal)
        {
            return RollStep.Wait($"the operator was told to hang before pod {outdated[0].Name}");
        }

        if (pods.Count < component.Replicas)
        {
            return RollStep.Wait($"{pods.Count} of {component.Replicas} pods exist");
        }

        return pods.FirstOrDefault(pod => pod.IsTerminating || !pod.IsReady) is { } notReady
            ? RollStep.Wait($"pod {notReady.Name} is {(notReady.IsTerminating ? "terminating" : notReady.WaitingReason ?? "not ready")}")
            : RollStep.Next([.. outdated.Take(faults.PodsAtOnce)]);
    }
}
