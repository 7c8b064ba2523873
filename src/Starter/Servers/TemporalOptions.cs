using System.Collections;
using Orchestrator.Starter.Exits;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;

namespace Orchestrator.Starter.Servers;

/// <summary>Which Temporal server to talk to.</summary>
internal static class TemporalOptions
{
    /// <summary>Where the development server listens.</summary>
    public const string DevelopmentServer = "127.0.0.1:7233";

    /// <summary>
    /// What the variables and the profile file of the Temporal tools say (<c>TEMPORAL_ADDRESS</c>, <c>TEMPORAL_NAMESPACE</c>,
    /// <c>TEMPORAL_PROFILE</c>); without them, the development server on this machine.
    /// </summary>
    /// <exception cref="SopException">They are not valid.</exception>
    public static TemporalClientConnectOptions Load()
    {
        try
        {
            // The SDK's own look at the environment is one of the operating system, which does not see what this process has set.
            TemporalClientConnectOptions options = ClientEnvConfig.LoadClientConnectOptions(
                new ClientEnvConfig.ProfileLoadOptions { OverrideEnvVars = Variables() });
            options.TargetHost ??= DevelopmentServer;
            return options;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            throw new SopException(ExitCode.Usage, $"The configuration of the Temporal client is not valid: {e.Message}", e);
        }
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
