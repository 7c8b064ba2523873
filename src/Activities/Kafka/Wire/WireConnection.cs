using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confluent.Kafka;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>
/// A connection to one broker that speaks Kafka's protocol, for what Confluent.Kafka 2.16.0 does not have: DescribeQuorum, DescribeLogDirs,
/// and the eligible leaders of DescribeTopicPartitions (its DescribeTopics tells leader, replicas and in-sync replicas alone). Everything
/// else goes through the library.
/// </summary>
internal sealed class WireConnection : IAsyncDisposable
{
    private const short HandshakeKey = 17;
    private const short AuthenticateKey = 36;
    private const short VersionsKey = 18;
    private const int LargestAnswer = 256 * 1024 * 1024;

    private readonly Stream _stream;
    private int _correlation;

    private WireConnection(Stream stream) => _stream = stream;

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="WireException">The broker refuses the login.</exception>
    /// <exception cref="UntrustedServerException">Its certificate is not trusted.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="SocketException">Nobody listens.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The client's own certificate cannot be read.</exception>
    public static async Task<WireConnection> OpenAsync(
        string host, int port, KafkaCredentials? credentials, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns it; without one it is disposed of below.
        TcpClient socket = new() { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            Stream stream = socket.GetStream();
            if (credentials?.Protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl)
            {
                stream = await SecureAsync(stream, host, credentials, cancellationToken);
            }

            WireConnection connection = new(stream);
            if (credentials is { Mechanism: not null })
            {
                await connection.LogInAsync(credentials, cancellationToken);
            }

            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The highest version of a request that the broker takes; null where it does not know the request.</summary>
    public async Task<short?> VersionOfAsync(short key, CancellationToken cancellationToken)
    {
        WireReader answer = await SendAsync(VersionsKey, 0, isFlexible: false, new WireWriter(), cancellationToken);
        WireException.ThrowIf(answer.Int16(), null);
        for (int left = answer.Int32(); left > 0; left--)
        {
            (short each, short _, short highest) = (answer.Int16(), answer.Int16(), answer.Int16());
            if (each == key)
            {
                return highest;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the broker waits for a login, though none was named: it then answers nothing but questions about that, and closes the
    /// connection on any other.
    /// </summary>
    public async Task<bool> AsksForLoginAsync(CancellationToken cancellationToken)
    {
        WireReader answer = await SendAsync(HandshakeKey, 1, isFlexible: false, new WireWriter().ShortString("PLAIN"), cancellationToken);
        return (ErrorCode)answer.Int16() is ErrorCode.NoError or ErrorCode.UnsupportedSaslMechanism;
    }

    /// <summary>Sends a request of a flexible version and gives the answer's body.</summary>
    public Task<WireReader> SendAsync(short key, short version, WireWriter body, CancellationToken cancellationToken) =>
        SendAsync(key, version, isFlexible: true, body, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<Stream> SecureAsync(
        Stream stream, string host, KafkaCredentials credentials, CancellationToken cancellationToken)
    {
        List<UntrustedServerException> untrusted = [];
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = host,
            CertificateChainPolicy = TrustedAuthorities.Policy(credentials.CertificateAuthority),
            RemoteCertificateValidationCallback = (_, shown, chain, errors) =>
            {
                if (UntrustedServerException.Of(shown, chain, errors) is { } error)
                {
                    untrusted.Add(error);
                }

                return errors == SslPolicyErrors.None;
            },
        };
        using X509Certificate2? certificate = credentials is not { Certificate: { } chain, PrivateKey: { } key } ? null
            : credentials.PrivateKeyPassword is { } password ? X509Certificate2.CreateFromEncryptedPem(chain, key, password)
            : X509Certificate2.CreateFromPem(chain, key);
        if (certificate is not null)
        {
            X509Certificate2Collection intermediates = [];
            intermediates.ImportFromPem(credentials.Certificate!);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
        }

#pragma warning disable CA2000 // It owns the connection, which is disposed of by the caller where this fails.
        SslStream secured = new(stream);
#pragma warning restore CA2000
        try
        {
            await secured.AuthenticateAsClientAsync(options, cancellationToken);
            return secured;
        }
        catch (Exception e) when (untrusted.Count > 0 && (e is AuthenticationException or IOException))
        {
            // The server may close the connection before it has the alert.
            throw untrusted[0];
        }
    }

    private async Task LogInAsync(KafkaCredentials credentials, CancellationToken cancellationToken)
    {
        SaslLogin login = SaslLogin.With(credentials);
        WireReader handshake = await SendAsync(
            HandshakeKey, 1, isFlexible: false, new WireWriter().ShortString(login.Mechanism), cancellationToken);
        WireException.ThrowIf(handshake.Int16(), $"the broker does not allow {login.Mechanism}");
        byte[]? said = null;
        while (login.Next(said) is { } message)
        {
            WireReader answer = await SendAsync(AuthenticateKey, 2, new WireWriter().CompactBytes(message).NoTags(), cancellationToken);
            WireException.ThrowIf(answer.Int16(), answer.CompactNullableString());
            said = answer.CompactBytes();
        }
    }

    private async Task<WireReader> SendAsync(
        short key, short version, bool isFlexible, WireWriter body, CancellationToken cancellationToken)
    {
        int correlation = ++_correlation;
        WireWriter header = new WireWriter().Int16(key).Int16(version).Int32(correlation).ShortString("orchestrator");
        if (isFlexible)
        {
            header.NoTags();
        }

        WireWriter size = new WireWriter().Int32(header.Bytes.Length + body.Bytes.Length);
        await _stream.WriteAsync((byte[])[.. size.Bytes.Span, .. header.Bytes.Span, .. body.Bytes.Span], cancellationToken);
        byte[] length = new byte[sizeof(int)];
        await _stream.ReadExactlyAsync(length, cancellationToken);
        int bytes = BinaryPrimitives.ReadInt32BigEndian(length);
        if (bytes is < sizeof(int) or > LargestAnswer)
        {
            // HTTP begins with its name; a TLS alert with 21 and the version, 3.
            throw length.AsSpan().SequenceEqual("HTTP"u8) ? new SpokenException("speaks HTTP, not Kafka")
                : length is [21, 3, ..] ? new SpokenException("speaks TLS, but KafkaSecurity is set to a protocol without TLS")
                : new FormatException($"an answer of {bytes} bytes is not a Kafka answer.");
        }

        byte[] content = new byte[bytes];
        await _stream.ReadExactlyAsync(content, cancellationToken);
        WireReader answer = new(content);
        if (answer.Int32() != correlation)
        {
            throw new FormatException("the answer belongs to another request.");
        }

        if (isFlexible)
        {
            answer.SkipTags();
        }

        return answer;
    }
}
