using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Assessments;
using Orchestrator.Store;

namespace Orchestrator.Activities.Evidence;

/// <summary>Registers the evidence's activities.</summary>
internal static class EvidenceServices
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EvidenceOptions>().Bind(configuration.GetSection(EvidenceOptions.Section)).ValidateOnStart();
        services.AddOptions<StoreOptions>().Bind(configuration.GetSection(StoreOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EvidenceOptions>, EvidenceOptionsValidator>());
        services.TryAddSingleton<WorkerStore>();
        services.TryAddSingleton<EvidencePacks>();
        services.TryAddSingleton<AuditJournal>();
        services.TryAddScoped<EvidenceActivities>();
        services.TryAddScoped<ReportActivities>();
        return services;
    }
}
