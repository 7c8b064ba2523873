using Orchestrator.Worker.Hosting;
using Temporalio.Client;
using Temporalio.Common.EnvConfig;

namespace Orchestrator.Worker.Servers;

/// <summary>Which Temporal server to work for.</summary>
internal static class TemporalAddress
{
    private const string DevelopmentServer = "127.0.0.1:7233";

    /// <summary>
    /// What the variables and the profile file of the Temporal tools say (<c>TEMPORAL_ADDRESS</c>, <c>TEMPORAL_NAMESPACE</c>,
    /// <c>TEMPORAL_PROFILE</c>); without them, the development server on this machine.
    /// </summary>
    /// <exception cref="WorkerSetupException">They are not valid.</exception>
    public static void Configure(TemporalClientConnectOptions options)
    {
        try
        {
            TemporalClientConnectOptions loaded = ClientEnvConfig.LoadClientConnectOptions();
            options.TargetHost = loaded.TargetHost ?? DevelopmentServer;
            options.Namespace = loaded.Namespace;
            options.ApiKey = loaded.ApiKey;
            options.Tls = loaded.Tls;
            options.RpcMetadata = loaded.RpcMetadata;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            throw new WorkerSetupException($"The configuration of the Temporal client is not valid: {e.Message}", e);
        }
    }
}
