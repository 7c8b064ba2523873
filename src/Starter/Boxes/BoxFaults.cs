using Orchestrator.Sandbox.Clusters;

namespace Orchestrator.Starter.Boxes;

/// <summary>Has things go wrong with a cluster in the box.</summary>
internal static class BoxFaults
{
    private static readonly TimeSpan UnreadyFor = TimeSpan.FromSeconds(20);
    private const double Slow = 0.1;

    /// <summary>Has one thing go wrong.</summary>
    /// <param name="box">The cluster.</param>
    /// <param name="scenario">What it began with.</param>
    /// <param name="fault">What.</param>
    /// <param name="pod">The pod that was restarted first.</param>
    /// <returns>What happens, in one sentence.</returns>
    public static async Task<string> BeginAsync(ClusterBox box, ClusterScenario scenario, BoxFault fault, string pod)
    {
        switch (fault)
        {
            case BoxFault.SlowBroker:
                int ordinal = pod == $"{scenario.KafkaName}-{Ordinal(pod)}" ? Ordinal(pod) : scenario.Kafka.Brokers - 1;
                box.Kafka.Faults.SlowCatchUp(scenario.Kafka.BrokerIdOffset + ordinal, Slow);
                return $"Fault: {scenario.KafkaName}-{ordinal} catches up at a tenth of its speed.";
            case BoxFault.UnreadyPod:
                await box.Plane.Faults.KeepUnreadyAsync(scenario.Namespace, pod);
                box.Time.After(UnreadyFor, $"{pod} may be Ready again", () => EndLater(box, scenario.Namespace, pod));
                return $"Fault: {pod} does not become Ready for {UnreadyFor.TotalSeconds:0} s.";
            case BoxFault.LostController:
                string last = $"{scenario.ControllersName}-{scenario.Kafka.Controllers - 1}";
                string controller = pod == last ? $"{scenario.ControllersName}-0" : last;
                await box.Plane.Faults.KillPodAsync(scenario.Namespace, controller);
                return $"Fault: the process of {controller} is killed.";
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "There is no such fault.");
        }
    }

    private static int Ordinal(string pod) => int.Parse(
        pod.AsSpan(pod.LastIndexOf('-') + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    // Under the lock of the box nothing is done but to begin: the clock is held until it is over.
    private static void EndLater(ClusterBox box, string @namespace, string pod)
    {
        IDisposable hold = box.Time.Hold($"{pod} is let be Ready");
        _ = Task.Run(async () =>
        {
            using (hold)
            {
                await box.Plane.Faults.LetReadyAsync(@namespace, pod);
            }
        });
    }
}
