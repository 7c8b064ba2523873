using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Lab.Cluster;

/// <summary>Writes what the operator and the nodes do into a file beside the logs of the servers.</summary>
internal sealed class FileLogger(string path, TimeProvider timeProvider) : ILogger
{
    private readonly Lock _lock = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Write($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $" {exception}")}");
        }
    }

    public void Write(string line)
    {
        string time = timeProvider.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            File.AppendAllText(path, $"{time} {line}\n");
        }
    }
}
