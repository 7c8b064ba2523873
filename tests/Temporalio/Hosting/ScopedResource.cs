using System.Collections.Concurrent;

namespace Temporalio.Tests.Hosting;

/// <summary>Something that lives as long as its scope, and tells of it.</summary>
public sealed class ScopedResource : IDisposable
{
    private readonly ConcurrentQueue<string> _events;

    public ScopedResource(ConcurrentQueue<string> events)
    {
        _events = events;
        events.Enqueue("made");
    }

    public void Use(string broker) => _events.Enqueue($"used {broker}");

    public void Dispose() => _events.Enqueue("disposed");
}
