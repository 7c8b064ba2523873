using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Targets;

/// <summary>Registers the inventory and its activities.</summary>
internal static class TargetServices
{
    public static IServiceCollection AddTargets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InventoryOptions>().Bind(configuration.GetSection(InventoryOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InventoryOptions>, InventoryOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InventoryOptions>, KubeconfigValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new Waits(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Inventory>();
        services.TryAddSingleton<KubernetesClients>();
        services.TryAddScoped<TargetActivities>();
        return services;
    }
}
