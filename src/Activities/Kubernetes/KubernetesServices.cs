using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Activities.Kubernetes.Health;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Registers the activities on Kubernetes objects.</summary>
internal static class KubernetesServices
{
    public static IServiceCollection AddKubernetesObjects(this IServiceCollection services)
    {
        services.TryAddSingleton<ObjectPatcher>();
        services.TryAddScoped<ObjectActivities>();
        services.TryAddScoped<RemovalActivities>();
        services.TryAddScoped<ClusterHealthActivities>();
        return services;
    }
}
