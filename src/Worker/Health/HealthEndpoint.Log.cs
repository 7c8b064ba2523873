using Microsoft.Extensions.Logging;

namespace Orchestrator.Worker.Health;

internal sealed partial class HealthEndpoint
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Paths} at {Addresses}")]
    private partial void LogListening(string paths, string addresses);
}
