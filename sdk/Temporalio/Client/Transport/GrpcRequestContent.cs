using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Temporalio.Client.Transport;

/// <summary>The body of a unary call: one frame. It may be written more than once, when the handler repeats an unprocessed request.</summary>
internal sealed class GrpcRequestContent : HttpContent
{
    /// <summary>A frame starts with a flag for compression and the length of the message.</summary>
    public const int FrameHeaderSize = 5;

    private static readonly MediaTypeHeaderValue GrpcMediaType = new("application/grpc");

    private readonly IMessage _message;
    private readonly int _size;
    private readonly bool _compress;

    public GrpcRequestContent(IMessage message, int size, bool compress)
    {
        _message = message;
        _size = size;
        _compress = compress;
        Headers.ContentType = GrpcMediaType;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] frame = ArrayPool<byte>.Shared.Rent(FrameHeaderSize + _size);
        try
        {
            _message.WriteTo(frame.AsSpan(FrameHeaderSize, _size));
            if (_compress)
            {
                byte[] compressed = Compress(frame.AsSpan(FrameHeaderSize, _size));
                await stream.WriteAsync(compressed, cancellationToken);
            }
            else
            {
                WriteHeader(frame, compressed: false, _size);
                await stream.WriteAsync(frame.AsMemory(0, FrameHeaderSize + _size), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    private static byte[] Compress(ReadOnlySpan<byte> message)
    {
        using MemoryStream frame = new();
        frame.Write(stackalloc byte[FrameHeaderSize]);
        using (GZipStream gzip = new(frame, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(message);
        }

        byte[] bytes = frame.ToArray();
        WriteHeader(bytes, compressed: true, bytes.Length - FrameHeaderSize);
        return bytes;
    }

    private static void WriteHeader(Span<byte> frame, bool compressed, int length)
    {
        frame[0] = compressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], length);
    }
}
