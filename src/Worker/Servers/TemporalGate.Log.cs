using Microsoft.Extensions.Logging;

namespace Orchestrator.Worker.Servers;

internal sealed partial class TemporalGate
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Temporal at {Server} does not answer ({Reason}); trying until it does")]
    private partial void LogAway(string server, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Working for Temporal at {Server}, namespace {Namespace}")]
    private partial void LogReady(string server, string @namespace);
}
