using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orchestrator.Workflows.Catalogue;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Activities.Trust;

/// <summary>Registers what stands before the activities that write.</summary>
internal static class TrustServices
{
    public static IServiceCollection AddTrust(this IServiceCollection services)
    {
        services.TryAddSingleton(ProcedureCatalogue.All);
        services.TryAddSingleton<RunReader>();
        services.TryAddSingleton<VoteReader>();
        services.TryAddSingleton<RefusedActs>();
        services.TryAddSingleton<ActLog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkerInterceptor, ActGate>());
        return services;
    }
}
