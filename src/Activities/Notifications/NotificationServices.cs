using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Orchestrator.Activities.Notifications;

/// <summary>Registers the notices.</summary>
internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>());
        // Its deadlines are those of servers outside, whatever time changes live in.
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<Notifier>(provider, TimeProvider.System));
        services.TryAddSingleton<NotificationActivities>();
        return services;
    }
}
