using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>
/// Listens to the HTTP stack's own metrics: the status code of every answer of a server, told as soon as its headers are in.
/// </summary>
internal sealed class AnswerMeter : IDisposable
{
    private readonly MeterListener _listener = new();

    public AnswerMeter(int port, Action<int>? told = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.client.request.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            Dictionary<string, object?> named = new(tags.ToArray());
            if (named.GetValueOrDefault("server.port") is int of && of == port
                && named.GetValueOrDefault("http.response.status_code") is int status)
            {
                StatusCodes.Enqueue(status);
                told?.Invoke(status);
            }
        });
        _listener.Start();
    }

    public ConcurrentQueue<int> StatusCodes { get; } = [];

    public void Dispose() => _listener.Dispose();
}
