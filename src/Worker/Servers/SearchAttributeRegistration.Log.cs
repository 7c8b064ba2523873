using Microsoft.Extensions.Logging;

namespace Orchestrator.Worker.Servers;

internal sealed partial class SearchAttributeRegistration
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Registered the search attributes {Names}")]
    private partial void LogRegistered(IEnumerable<string> names);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Temporal does not let this worker register search attributes ({Reason}); if changes get stuck, have somebody run: "
            + "{Command}")]
    private partial void LogDenied(string reason, string command);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Temporal does not show all search attributes after {Seconds} s; if changes get stuck, run: {Command}")]
    private partial void LogNotKnown(double seconds, string command);
}
