using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Servers;

/// <summary>
/// The kubelet's side of an exec: SPDY/3.1 with a stream each for status, input, output and error, opened in this order by the API
/// server. The compressed headers, which say the same, are not read.
/// </summary>
public sealed class SpdyExec(Stream connection, bool hasInput) : IDisposable
{
    private const byte SynStream = 1;
    private const byte SynReply = 2;
    private const byte Ping = 6;
    private const byte Fin = 1;

    private readonly List<uint> _streams = [];
    private readonly MemoryStream _headers = new();
    private ZLibStream? _compressor;

    /// <summary>The protocol that a kubelet's answer names in its header <c>Upgrade</c>.</summary>
    public const string Protocol = "SPDY/3.1";

    private uint Status => _streams[0];

    private uint Output => _streams[^2];

    private uint Error => _streams[^1];

    /// <summary>Accepts all streams and reads the input to its end.</summary>
    public async Task<string> ReceiveInputAsync(CancellationToken cancellationToken)
    {
        MemoryStream input = new();
        bool inputHasEnded = !hasInput;
        while (_streams.Count < (hasInput ? 4 : 3) || !inputHasEnded)
        {
            (byte[] head, byte[] body) = await ReadFrameAsync(cancellationToken);
            bool isControl = (head[0] & 0x80) != 0;
            if (!isControl)
            {
                input.Write(body);
                inputHasEnded = (head[4] & Fin) != 0;
            }
            else if (head[3] == SynStream)
            {
                _streams.Add(BinaryPrimitives.ReadUInt32BigEndian(body));
                await SendControlAsync(SynReply, [.. body[..4], .. NoHeaders()], cancellationToken);
            }
            else if (head[3] == Ping)
            {
                await SendControlAsync(Ping, body, cancellationToken);
            }
        }

        return Encoding.UTF8.GetString(input.ToArray());
    }

    /// <summary>Sends what the program wrote and its exit code, and waits until the API server hangs up.</summary>
    public async Task SendEndAsync(ProgramEnd end, CancellationToken cancellationToken)
    {
        await SendDataAsync(Output, end.Output, cancellationToken);
        await SendDataAsync(Error, end.Error, cancellationToken);
        JsonObject status = new()
        {
            ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = end is { ExitCode: 0, Failure: null } ? "Success" : "Failure",
        };
        if (end.Failure is not null)
        {
            status["reason"] = "InternalError";
            status["message"] = end.Failure;
        }
        else if (end.ExitCode != 0)
        {
            status["reason"] = "NonZeroExitCode";
            status["details"] = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = $"{end.ExitCode}" }),
            };
        }

        await SendDataAsync(Status, status.ToJsonString(), cancellationToken);
        await connection.CopyToAsync(Stream.Null, cancellationToken);
    }

    public void Dispose()
    {
        _compressor?.Dispose();
        _headers.Dispose();
    }

    private async Task<(byte[] Head, byte[] Body)> ReadFrameAsync(CancellationToken cancellationToken)
    {
        byte[] head = new byte[8];
        await connection.ReadExactlyAsync(head, cancellationToken);
        byte[] body = new byte[BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)) & 0xFFFFFF];
        await connection.ReadExactlyAsync(body, cancellationToken);
        return (head, body);
    }

    private async Task SendControlAsync(byte type, byte[] body, CancellationToken cancellationToken)
    {
        byte[] head = [0x80, 3, 0, type, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)body.Length);
        await connection.WriteAsync((byte[])[.. head, .. body], cancellationToken);
    }

    private async Task SendDataAsync(uint stream, string text, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        byte[] head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, stream);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)body.Length);
        head[4] = Fin;
        await connection.WriteAsync((byte[])[.. head, .. body], cancellationToken);
    }

    // One zlib stream runs through all header blocks of a connection.
    private byte[] NoHeaders()
    {
        _compressor ??= new ZLibStream(_headers, CompressionLevel.Fastest);
        _headers.SetLength(0);
        _compressor.Write(new byte[4]);
        _compressor.Flush();
        return _headers.ToArray();
    }
}
