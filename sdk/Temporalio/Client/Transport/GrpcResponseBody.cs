using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Temporalio.Exceptions;

namespace Temporalio.Client.Transport;

/// <summary>The body of an answer, read to its end: none, or one frame. Trailers are there only after that.</summary>
internal sealed class GrpcResponseBody : IDisposable
{
    private const int HeaderSize = GrpcRequestContent.FrameHeaderSize;
    private const int InitialSize = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _count;

    /// <summary>Whether the server sent a message.</summary>
    public bool HasMessage => _count > 0;

    private int MessageSize => BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(1));

    /// <summary>Reads the stream to its end.</summary>
    /// <exception cref="RpcException">The message is larger than allowed.</exception>
    public async Task ReadAsync(Stream stream, int maxMessageSize, CancellationToken cancellationToken)
    {
        while (true)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(_count), cancellationToken);
            if (read == 0)
            {
                return;
            }

            _count += read;
            if (_count < HeaderSize)
            {
                continue;
            }

            if ((uint)MessageSize > (uint)maxMessageSize)
            {
                throw TooLarge((uint)MessageSize, maxMessageSize);
            }

            // One byte more than the frame, so that the end of the stream can be read.
            EnsureSize(HeaderSize + MessageSize + 1);
        }
    }

    /// <summary>Parses the message.</summary>
    /// <exception cref="RpcException">The body is not one whole message that can be read.</exception>
    public T Parse<T>(MessageParser<T> parser, string? encoding, int maxMessageSize)
        where T : IMessage<T>
    {
        if (_count < HeaderSize || _count != HeaderSize + MessageSize)
        {
            throw Malformed($"The answer holds {_count} bytes, which is not one whole message.");
        }

        ReadOnlySpan<byte> message = _buffer.AsSpan(HeaderSize, MessageSize);
        try
        {
            return _buffer[0] switch
            {
                0 => parser.ParseFrom(message),
                1 when encoding == "gzip" => parser.ParseFrom(Decompress(message, maxMessageSize)),
                _ => throw Malformed($"The answer is compressed with '{encoding}', which is not known."),
            };
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            throw new RpcException(RpcException.StatusCode.Internal, $"The answer cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private static byte[] Decompress(ReadOnlySpan<byte> compressed, int maxMessageSize)
    {
        using MemoryStream source = new(compressed.ToArray());
        using GZipStream gzip = new(source, CompressionMode.Decompress);
        using MemoryStream message = new();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read = gzip.Read(chunk); read > 0; read = gzip.Read(chunk))
            {
                message.Write(chunk, 0, read);
                if (message.Length > maxMessageSize)
                {
                    throw TooLarge(message.Length, maxMessageSize);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return message.ToArray();
    }

    // The words are those that other gRPC libraries use: callers tell this limit by them.
    private static RpcException TooLarge(long size, int maxMessageSize) => new(
        RpcException.StatusCode.ResourceExhausted, $"grpc: received message larger than max ({size} vs. {maxMessageSize})");

    private static RpcException Malformed(string message) => new(RpcException.StatusCode.Internal, message);

    private void EnsureSize(int size)
    {
        if (_buffer.Length >= size)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
