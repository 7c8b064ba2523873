using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orchestrator.Activities.Kafka.Rolls;

/// <summary>Registers the activities that watch rolls.</summary>
internal static class RollServices
{
    public static IServiceCollection AddRolls(this IServiceCollection services)
    {
        services.TryAddSingleton<RollWatcher>();
        services.TryAddScoped<RollActivities>();
        return services;
    }
}
