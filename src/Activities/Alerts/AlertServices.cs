using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orchestrator.Activities.Alerts;

/// <summary>Registers the activities on alerts.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new Alertmanager(TimeProvider.System));
        services.TryAddSingleton<AlertReader>();
        services.TryAddSingleton<AlertPrecheck>();
        services.TryAddScoped<AlertActivities>();
        return services;
    }
}
