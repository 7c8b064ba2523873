using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Temporalio.Tests.Transport;

/// <summary>
/// Stands between a client and a server: passes bytes on until it is told to go silent, and optionally is a proxy that wants HTTP
/// CONNECT with a password first.
/// </summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly string? _password;
    private readonly Task _accepting;
    private volatile bool _silent;

    private TcpRelay(string target, string? password)
    {
        _target = IPEndPoint.Parse(target);
        _password = password;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The first lines of what a client of the proxy sent, in order.</summary>
    public List<string> ProxyRequests { get; } = [];

    /// <summary>A relay that passes on.</summary>
    public static TcpRelay To(string target) => new(target, null);

    /// <summary>A proxy.</summary>
    public static TcpRelay ProxyTo(string target, string userAndPassword) =>
        new(target, Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword)));

    /// <summary>From now on no byte arrives anywhere, and no connection is closed.</summary>
    public void GoSilent() => _silent = true;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.Within();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket accepted)
    {
        using NetworkStream client = new(accepted, ownsSocket: true);
        if (_password is not null && !await LetInAsync(client))
        {
            return;
        }

        using TcpClient connection = new();
        await connection.ConnectAsync(_target, _stop.Token);
        await Task.WhenAny(PassAsync(client, connection.GetStream()), PassAsync(connection.GetStream(), client));
    }

    private async Task<bool> LetInAsync(NetworkStream client)
    {
        using StreamReader reader = new(client, Encoding.ASCII, false, 1, leaveOpen: true);
        while (await reader.ReadLineAsync(_stop.Token) is { } first)
        {
            bool allowed = false;
            for (string? line = first; line?.Length > 0; line = await reader.ReadLineAsync(_stop.Token))
            {
                allowed |= line == $"Proxy-Authorization: Basic {_password}";
            }

            ProxyRequests.Add($"{first} {(allowed ? "allowed" : "refused")}");
            string answer = allowed
                ? "HTTP/1.1 200 OK\r\n\r\n"
                : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"lab\"\r\nContent-Length: 0\r\n\r\n";
            await client.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
            if (allowed)
            {
                return true;
            }
        }

        return false;
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            for (int read = await from.ReadAsync(buffer, _stop.Token); read > 0; read = await from.ReadAsync(buffer, _stop.Token))
            {
                if (!_silent)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // One of the ends is gone.
        }
    }
}
