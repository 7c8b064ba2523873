using Microsoft.Extensions.Logging;

namespace Orchestrator.Worker.Servers;

internal sealed partial class TemporalGate
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Starting in profile {Profile}")]
    private partial void LogStarting(string profile);

    [LoggerMessage(Level = LogLevel.Information, Message = "Working for Temporal at {Server}, namespace {Namespace}")]
    private partial void LogReady(string server, string @namespace);
}
