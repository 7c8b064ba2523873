using Temporalio.Client;

namespace Orchestrator.Worker.Servers;

/// <summary>Which Temporal server to work for.</summary>
internal static class TemporalAddress
{
    /// <summary>What the environment says; without it, the development server on this machine.</summary>
    public static void Configure(TemporalClientConnectOptions options)
    {
        options.TargetHost = Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS") ?? "127.0.0.1:7233";
        options.Namespace = Environment.GetEnvironmentVariable("TEMPORAL_NAMESPACE") ?? "default";
    }
}
