using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Assessments;
using Orchestrator.Activities.Confluent;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Kafka.Rolls;
using Orchestrator.Activities.Kubernetes;
using Orchestrator.Activities.Kubernetes.Health;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Notifications;
using Orchestrator.Activities.Targets;
using Orchestrator.Activities.Trust;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Activities;

/// <summary>All activities of this assembly.</summary>
public static class OrchestratorActivities
{
    /// <summary>The classes with activities, for a worker to register: each call gets an instance of its own.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(TargetActivities),
        typeof(AlertActivities),
        typeof(LockActivities),
        typeof(EvidenceActivities),
        typeof(ReportActivities),
        typeof(NotificationActivities),
        typeof(ObjectActivities),
        typeof(RemovalActivities),
        typeof(ClusterHealthActivities),
        typeof(ConfluentActivities),
        typeof(KafkaActivities),
        typeof(LeaderActivities),
        typeof(CanaryActivities),
        typeof(RollActivities),
    ];

    /// <summary>
    /// The activities that watch for long, which a worker takes from the task queue of watches. No other is taken there: what writes
    /// believes that a run was started by us because its workflow task queue is ours.
    /// </summary>
    public static IReadOnlyList<(Type Type, string Name)> Watches { get; } =
    [
        (typeof(LockActivities), LockNames.WatchHoldersActivity),
        (typeof(RollActivities), RollNames.WatchRollActivity),
    ];

    /// <summary>Adds the activities and what they need.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Holds the section <c>Orchestrator</c>.</param>
    public static IServiceCollection AddOrchestratorActivities(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services
            .AddTargets(configuration)
            .AddTrust()
            .AddAlerts()
            .AddLocks()
            .AddEvidence(configuration)
            .AddNotifications(configuration)
            .AddKubernetesObjects()
            .AddConfluent()
            .AddKafka(configuration)
            .AddRolls();
    }
}
