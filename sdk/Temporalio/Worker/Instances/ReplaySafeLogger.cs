using Microsoft.Extensions.Logging;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>A logger that carries the run's ids, and that is silent where it has logged before.</summary>
/// <param name="inner">Where lines go.</param>
/// <param name="instance">The run.</param>
internal sealed class ReplaySafeLogger(ILogger inner, WorkflowInstance instance) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !instance.IsReplayingHistoryEvents && inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        WorkflowUpdateInfo? update = instance.CurrentUpdateInfo;
        using IDisposable? run = inner.BeginScope(instance.Info.LoggerScope);
        using IDisposable? handler = update is null ? null : inner.BeginScope(update.LoggerScope);
        inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
