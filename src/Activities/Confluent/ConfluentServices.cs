using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orchestrator.Activities.Confluent;

/// <summary>Registers the activities on Confluent resources.</summary>
internal static class ConfluentServices
{
    public static IServiceCollection AddConfluent(this IServiceCollection services)
    {
        services.TryAddSingleton<ConfluentClusterReader>();
        services.TryAddSingleton<SteadyReader>();
        services.TryAddScoped<ConfluentActivities>();
        return services;
    }
}
