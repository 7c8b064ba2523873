using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orchestrator.Activities.KafkaRoll;

/// <summary>Registers the activities that watch rolls.</summary>
internal static class KafkaRollServices
{
    public static IServiceCollection AddKafkaRoll(this IServiceCollection services)
    {
        services.TryAddSingleton<RollWatcher>();
        services.TryAddScoped<RollActivities>();
        return services;
    }
}
