using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Activities.Tests;

/// <summary>An HTTP server that gives every request the same answer, or none at all, and remembers what it was asked.</summary>
public sealed class AnsweringServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    /// <summary>Starts it. Without a status it takes requests and says nothing.</summary>
    public AnsweringServer(int? status, string body)
    {
        _listener.Start();
        _serving = ServeAsync(status, body);
    }

    /// <summary>What it was asked: the first line of each request.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(int? status, string body)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                NetworkStream stream = client.GetStream();
                await ReadRequestAsync(stream);
                if (status is null)
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                }

                byte[] answer = Encoding.UTF8.GetBytes(
                    $"HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\n"
                        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
                await stream.WriteAsync(answer, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[16 * 1024];
        int length = 0;
        while (!IsComplete(Encoding.UTF8.GetString(buffer, 0, length)))
        {
            length += await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
        }

        _requests.Enqueue(Encoding.UTF8.GetString(buffer, 0, length).Split("\r\n")[0]);
    }

    private static bool IsComplete(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        int at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return end >= 0 && (at < 0 || text.Length - end - 4 >= int.Parse(text.AsSpan(at + 16, text.IndexOf('\r', at) - at - 16)));
    }
}
