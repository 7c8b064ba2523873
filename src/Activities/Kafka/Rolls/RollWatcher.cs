using k8s;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Confluent;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Activities.Kafka.Rolls;

/// <summary>Reads a cluster that rolls, again and again, until one more pod is through.</summary>
internal sealed class RollWatcher(
    KubernetesClients clients,
    ConfluentClusterReader confluent,
    KafkaSnapshotReader kafka,
    AlertReader alerts,
    TimeProvider timeProvider,
    Waits waits)
{
    // A reading can take longer than a heartbeat may be away, as when brokers do not answer.
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>Watches.</summary>
    /// <param name="input">What is watched.</param>
    /// <param name="progress">How far it had come.</param>
    /// <param name="heartbeat">Called with how far it has come, also while a reading lasts.</param>
    /// <param name="isAwaited">Whether an answer still arrives after a cancel: not where the worker stops or has lost the activity.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// The next milestone that ends a watch; where the watch is cancelled and somebody waits for its answer, what it had seen by then.
    /// </returns>
    public async Task<RollReport> WatchAsync(
        WatchRollInput input,
        RollProgress progress,
        Action<RollProgress> heartbeat,
        Func<bool> isAwaited,
        CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                RollReport? report;
                try
                {
                    RollObservation seen = await WithBeatsAsync(
                        ObserveAsync(input, cancellationToken), () => heartbeat(progress), cancellationToken);
                    (progress, report) = RollWatch.Advance(input, progress, seen);
                    report = RollWatch.WithAlerts(input, seen, progress, report);
                }
                catch (Exception e) when (Failures.Classify(e) is { Class: not FailureClass.Fatal })
                {
                    // An outage is something to see as well: its time counts for no limit, and people are told of it.
                    (progress, report) = RollWatch.Unread(input, progress, e.Message, timeProvider.GetUtcNow());
                }

                if (report is not null && RollWatch.Ends(report))
                {
                    // Not heartbeat first: a watcher that dies before this arrives has to report the milestone again.
                    return report;
                }

                heartbeat(progress);
                await waits.For(input.Limits.PollEvery, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && isAwaited())
        {
            // A failure would carry nothing: the pods that were restarted since the last milestone would look untouched.
            return new RollReport(RollMilestone.Cancelled, $"The supervision of the roll was cancelled. {progress.Sentence}", progress);
        }
    }

    private async Task<RollObservation> ObserveAsync(WatchRollInput input, CancellationToken cancellationToken)
    {
        (Cluster cluster, IKubernetes client) = clients.Of(input.Target);
        string @namespace = input.Target.Namespace ?? cluster.DefaultNamespace;
        Task<ConfluentClusterSnapshot> operatorShows = confluent.ReadAsync(client, @namespace, input.KafkaName, cancellationToken);
        Task<KafkaSnapshot> kafkaSays = kafka.ReadAsync(cluster, client, @namespace, input.KafkaName, cancellationToken);
        Task<AlertReading?> fires = AlertsAsync(cluster, client, input.Alerts, cancellationToken);
        await Task.WhenAll(operatorShows, kafkaSays, fires);
        return new(await operatorShows, await kafkaSays, timeProvider.GetUtcNow()) { Alerts = await fires };
    }

    private async Task<AlertReading?> AlertsAsync(
        Cluster cluster, IKubernetes client, AlertWatch? watch, CancellationToken cancellationToken) =>
        watch is null ? null : await alerts.ReadOnceAsync(cluster, client, watch.Reach, cancellationToken);

    private static async Task<RollObservation> WithBeatsAsync(
        Task<RollObservation> observing, Action beat, CancellationToken cancellationToken)
    {
        while (!observing.IsCompleted)
        {
            try
            {
                return await observing.WaitAsync(BeatEvery, TimeProvider.System, cancellationToken);
            }
            catch (TimeoutException) when (!observing.IsCompleted)
            {
                beat();
            }
        }

        return await observing;
    }
}
