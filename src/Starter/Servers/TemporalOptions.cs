using Temporalio.Client;

namespace Orchestrator.Starter.Servers;

/// <summary>Which Temporal server to talk to.</summary>
internal static class TemporalOptions
{
    /// <summary>What the environment says; without it, the development server on this machine.</summary>
    public static TemporalClientConnectOptions Load() => new(Environment.GetEnvironmentVariable("TEMPORAL_ADDRESS") ?? "127.0.0.1:7233")
    {
        Namespace = Environment.GetEnvironmentVariable("TEMPORAL_NAMESPACE") ?? "default",
    };
}
