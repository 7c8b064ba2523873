using Microsoft.Extensions.Configuration;
using Orchestrator.Starter.Exits;
using Orchestrator.Store;

namespace Orchestrator.Starter.Stores;

/// <summary>The store that the workers' configuration names: <c>appsettings.json</c> beside the program, then the environment.</summary>
/// <param name="Options">How it is kept.</param>
/// <param name="Folder">The folder of evidence.</param>
internal sealed record StoreSettings(StoreOptions Options, string Folder)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="SopException">They are wrong.</exception>
    public static StoreSettings Read()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .Build();
        try
        {
            StoreOptions options = configuration.GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new();
            EvidenceOptions evidence = configuration.GetSection(EvidenceOptions.Section).Get<EvidenceOptions>() ?? new();
            return options.Faults() is { Count: > 0 } faults
                ? throw new SopException(ExitCode.Usage, faults)
                : new StoreSettings(options, evidence.Folder);
        }
        catch (InvalidOperationException e)
        {
            throw new SopException(ExitCode.Usage, e.Message, e);
        }
    }

    /// <summary>Uses the store.</summary>
    /// <exception cref="SopException">It is out of reach, lacks its schema, or holds something else than it should.</exception>
    public async Task<T> UseAsync<T>(Func<EvidenceStore, Task<T>> use)
    {
        using EvidenceStore store = Options.Open(Folder);
        try
        {
            return await use(store);
        }
        catch (StoreUnavailableException e)
        {
            throw new SopException(ExitCode.OutOfReach, e.Message, e);
        }
        catch (Exception e) when (e is StoreSchemaException or StoreConflictException)
        {
            throw new SopException(ExitCode.Blocked, e.Message, e);
        }
    }
}
