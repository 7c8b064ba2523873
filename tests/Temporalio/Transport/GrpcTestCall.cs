using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Transport;

/// <summary>One call that the test server got.</summary>
internal sealed class GrpcTestCall(HttpContext context, bool compressed, byte[] message)
{
    // The context is recycled when the call is over; what tests look at afterwards is kept.
    private readonly Dictionary<string, string> _headers = context.Request.Headers.ToDictionary(
        header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public HttpContext Context => context;

    public string Path { get; } = context.Request.Path;

    public string Method => Path.Split('/')[^1];

    public bool Compressed => compressed;

    public byte[] Message => message;

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    public static async Task<GrpcTestCall> ReadAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        byte[] frame = body.ToArray();
        Assert.Equal(frame.Length - 5, BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)));
        bool compressed = frame[0] == 1;
        return new(context, compressed, compressed ? Decompress(frame[5..]) : frame[5..]);
    }

    public async Task AnswerAsync(IMessage message, bool compress = false)
    {
        context.Response.ContentType = "application/grpc";
        if (compress)
        {
            context.Response.Headers["grpc-encoding"] = "gzip";
        }

        await context.Response.Body.WriteAsync(Frame(message, compress));
        context.Response.AppendTrailer("grpc-status", "0");
    }

    public Task FailAsync(RpcException.StatusCode code, string message, IMessage? status = null)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = $"{(int)code}";
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        if (status is not null)
        {
            context.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }

        return Task.CompletedTask;
    }

    public static byte[] Frame(IMessage message, bool compress = false)
    {
        byte[] bytes = compress ? Compress(message.ToByteArray()) : message.ToByteArray();
        byte[] frame = [compress ? (byte)1 : (byte)0, 0, 0, 0, 0, .. bytes];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        return frame;
    }

    private static byte[] Compress(byte[] message)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionMode.Compress))
        {
            gzip.Write(message);
        }

        return target.ToArray();
    }

    private static byte[] Decompress(byte[] message)
    {
        using MemoryStream target = new();
        using GZipStream gzip = new(new MemoryStream(message), CompressionMode.Decompress);
        gzip.CopyTo(target);
        return target.ToArray();
    }
}
