using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Kafka.Sandbox;
using Orchestrator.Activities.Kafka.Wire;
using Orchestrator.Activities.Targets;

namespace Orchestrator.Activities.Kafka;

/// <summary>Registers the activities on Kafka.</summary>
internal static class KafkaServices
{
    public static IServiceCollection AddKafka(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KafkaClientOptions>().Bind(configuration.GetSection(KafkaClientOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KafkaClientOptions>, KafkaClientOptionsValidator>());
        services.TryAddSingleton<BootstrapProbe>();
        services.TryAddSingleton<AdminCalls>();
        services.TryAddSingleton<WireCalls>();
        services.TryAddSingleton<ConfluentKafkaCluster>();
        services.TryAddSingleton<SandboxCalls>();
        services.TryAddSingleton<SandboxCanary>();
        services.TryAddSingleton<SandboxKafkaCluster>();
        services.TryAddSingleton<IKafkaCluster, KafkaClusters>();
        services.TryAddSingleton<INodeProbe, JolokiaNodeProbe>();
        services.TryAddSingleton<KafkaSnapshotReader>();
        services.TryAddSingleton<KafkaCanary>();
        services.TryAddSingleton(provider => new KafkaLayoutReader(
            provider.GetRequiredService<KubernetesClients>(), provider.GetRequiredService<IKafkaCluster>()));
        services.TryAddScoped<KafkaActivities>();
        services.TryAddScoped<LeaderActivities>();
        services.TryAddScoped<CanaryActivities>();
        return services;
    }
}
