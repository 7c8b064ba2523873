using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Activities.Tests.Notifications;

/// <summary>An SMTP server on loopback that keeps what it is given, or answers each recipient with an error.</summary>
internal sealed class SmtpSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string? _refusal;

    /// <param name="refusal">The answer to each recipient, such as <c>550 no</c>; null: accepted.</param>
    public SmtpSink(string? refusal = null)
    {
        _refusal = refusal;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The accepted messages.</summary>
    public List<string> Messages { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.UTF8);
        await using StreamWriter writer = new(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                StringBuilder message = new();
                while (await reader.ReadLineAsync() is { } text && text != ".")
                {
                    message.AppendLine(text);
                }

                Messages.Add($"{message}");
            }

            bool refused = _refusal is not null && line.StartsWith("RCPT", StringComparison.Ordinal);
            await writer.WriteLineAsync(refused ? _refusal : "250 ok");
        }
    }
}
