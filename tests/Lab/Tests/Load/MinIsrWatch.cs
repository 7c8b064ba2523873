using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Tests.Load;

/// <summary>Asks every broker over and over how many partitions are under min ISR, and keeps the most that any ever said.</summary>
internal sealed class MinIsrWatch : IAsyncDisposable
{
    private const string Bean = "read/kafka.server:type=ReplicaManager,name=UnderMinIsrPartitionCount/Value";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<Uri> _brokers;
    private readonly Task _run;

    private MinIsrWatch(IReadOnlyList<Uri> brokers)
    {
        _brokers = brokers;
        _run = Task.Run(WatchAsync);
    }

    /// <summary>The most partitions under min ISR that a broker reported.</summary>
    public int Most { get; private set; }

    /// <summary>How often a broker answered: a watch that saw nothing proves nothing.</summary>
    public int Answers { get; private set; }

    public static MinIsrWatch Start(IReadOnlyList<Uri> brokers) => new(brokers);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (Uri broker in _brokers)
            {
                try
                {
                    JsonNode? answer = JsonNode.Parse(await _http.GetStringAsync(new Uri(broker, Bean)));
                    if (answer?["value"] is { } value)
                    {
                        Most = Math.Max(Most, value.GetValue<int>());
                        Answers++;
                    }
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    // The broker restarts; the others answer for its partitions.
                }
            }

            await Task.Delay(Pace);
        }
    }
}
