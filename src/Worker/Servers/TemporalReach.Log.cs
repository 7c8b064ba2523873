using Microsoft.Extensions.Logging;

namespace Orchestrator.Worker.Servers;

internal sealed partial class TemporalReach
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Temporal at {Server} does not answer ({Reason}); trying until it does")]
    private partial void LogAway(string server, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Temporal at {Server} answers again")]
    private partial void LogBack(string server);
}
