using Microsoft.Extensions.Logging;

namespace Orchestrator.Worker.Health;

internal sealed partial class HealthEndpoint
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Health is told at {Addresses}, paths /healthz and /readyz")]
    private partial void LogListening(IEnumerable<string> addresses);
}
