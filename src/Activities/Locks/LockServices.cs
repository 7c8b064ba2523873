using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orchestrator.Activities.Locks;

/// <summary>Registers the locks' activities.</summary>
internal static class LockServices
{
    public static IServiceCollection AddLocks(this IServiceCollection services)
    {
        services.TryAddSingleton<FencedWrite>();
        services.TryAddSingleton<HolderWatch>();
        services.TryAddScoped<LockActivities>();
        return services;
    }
}
