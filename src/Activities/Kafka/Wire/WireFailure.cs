using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>Says what is at an address where a Kafka broker should be.</summary>
internal static class WireFailure
{
    // A server that waits for the end of a request's head answers a request of its own protocol at once.
    private static readonly TimeSpan LookFor = TimeSpan.FromSeconds(2);

    /// <summary>Whether an error of a <see cref="WireConnection"/> says something of the server or of the settings.</summary>
    public static bool Known(Exception error) =>
        error is WireException or SocketException or IOException or AuthenticationException or FormatException or CryptographicException;

    /// <summary>What is there, as the rest of a sentence that begins with the address.</summary>
    /// <param name="error">How asking it failed.</param>
    /// <param name="host">Its host.</param>
    /// <param name="port">Its port.</param>
    /// <param name="credentials">What it was asked with.</param>
    /// <param name="limit">How long it was asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> DescribeAsync(
        Exception error,
        string host,
        int port,
        KafkaCredentials? credentials,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        if (Itself(error, credentials) is { } told)
        {
            return told;
        }

        using CancellationTokenSource late = new(LookFor, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        bool tls = credentials?.Protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl;
        try
        {
            return await SpeaksHttpAsync(host, port, either.Token) ? "speaks HTTP, not Kafka"
                : !tls && await SpeaksTlsAsync(host, port, either.Token) ? "speaks TLS, but KafkaSecurity is set to a protocol without TLS"
                : tls && await SpeaksKafkaAsync(
                    host, port, either.Token) ? "speaks Kafka without TLS, but KafkaSecurity is set to a protocol with TLS"
                : error is OperationCanceledException ? $"accepts the connection but sends nothing for {limit.TotalSeconds:0.#} s"
                : $"does not speak Kafka: {error.Message.TrimEnd('.')}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"accepts the connection but sends nothing for {limit.TotalSeconds:0.#} s";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return $"does not answer: {e.Message.TrimEnd('.')}";
        }
    }

    // What needs no second look; null for the rest.
    private static string? Itself(Exception error, KafkaCredentials? credentials) => error switch
    {
        WireException { Code: ErrorCode.IllegalSaslState } => "expects no login (SASL), but KafkaSecurity has one",
        WireException { Code: ErrorCode.UnsupportedSaslMechanism } e => $"refuses the login: {e.Message.TrimEnd('.')}",
        WireException e =>
            $"refuses the login{(credentials?.Username is { } user ? $" of {user}" : "")}: {credentials?.Redact(e.Message.TrimEnd('.'))}",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "refuses the connection",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            "has a name that cannot be resolved",
        SocketException e => $"cannot be reached: {e.Message.TrimEnd('.')}",
        UntrustedServerException e => e.Message,
        CryptographicException => "cannot be asked: certificates and private key of KafkaSecurity are not matching, valid PEM",
        SpokenException e => e.Message,
        AuthenticationException or IOException { InnerException: AuthenticationException } when credentials?.Certificate is not null =>
            $"ends the TLS handshake, as it does when it rejects the client's certificate: {Innermost(error)}",
        _ => null,
    };

    private static string Innermost(Exception error) => error.GetBaseException().Message.TrimEnd('.');

    private static async Task<bool> SpeaksHttpAsync(string host, int port, CancellationToken cancellationToken)
    {
        using TcpClient socket = new() { NoDelay = true };
        await socket.ConnectAsync(host, port, cancellationToken);
        NetworkStream stream = socket.GetStream();
        byte[] answer = new byte[5];
        try
        {
            await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancellationToken);
            return await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken) == answer.Length
                && Encoding.ASCII.GetString(answer) == "HTTP/";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> SpeaksTlsAsync(string host, int port, CancellationToken cancellationToken)
    {
        bool shown = false;
        using TcpClient socket = new() { NoDelay = true };
        await socket.ConnectAsync(host, port, cancellationToken);
        await using SslStream stream = new(socket.GetStream());
        try
        {
            SslClientAuthenticationOptions look = new()
            {
                TargetHost = host,
                // It shows a certificate, which is all that is asked here: it is not trusted, and nothing is sent.
                RemoteCertificateValidationCallback = (_, _, _, _) => !(shown = true),
            };
            await stream.AuthenticateAsClientAsync(look, cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return shown;
        }

        return shown;
    }

    private static async Task<bool> SpeaksKafkaAsync(string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            await using WireConnection connection = await WireConnection.OpenAsync(host, port, null, cancellationToken);
            await connection.VersionOfAsync(0, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or FormatException or WireException)
        {
            return false;
        }
    }
}
