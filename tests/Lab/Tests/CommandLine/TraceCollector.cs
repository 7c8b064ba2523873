using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;

namespace Orchestrator.Lab.Tests.CommandLine;

/// <summary>A span as a collector is sent it; ids in hex, no parent as an empty text.</summary>
internal sealed record SentSpan(string Trace, string Id, string Parent, string Name);

/// <summary>A collector that takes OTLP over HTTP, and keeps the spans.</summary>
internal sealed class TraceCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<SentSpan> _spans = [];

    public TraceCollector()
    {
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public IReadOnlyList<SentSpan> Spans => [.. _spans];

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext call = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await call.Request.InputStream.CopyToAsync(body);
                if (call.Request.Url!.AbsolutePath == "/v1/traces")
                {
                    Keep(body.ToArray());
                }

                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // opentelemetry/proto/collector/trace/v1: request.resource_spans (1) . scope_spans (2) . spans (2).
    private void Keep(byte[] request)
    {
        foreach (ByteString resource in Fields(request)[1])
        {
            foreach (ByteString scope in Fields(resource.ToByteArray())[2])
            {
                foreach (ByteString span in Fields(scope.ToByteArray())[2])
                {
                    ILookup<int, ByteString> fields = Fields(span.ToByteArray());
                    _spans.Enqueue(new(Hex(fields[1]), Hex(fields[2]), Hex(fields[4]), fields[5].Single().ToStringUtf8()));
                }
            }
        }
    }

    private static string Hex(IEnumerable<ByteString> field) => Convert.ToHexStringLower(field.SingleOrDefault(ByteString.Empty).Span);

    // The fields that have a length, by number; the others are passed over.
    private static ILookup<int, ByteString> Fields(byte[] message)
    {
        List<(int Number, ByteString Value)> fields = [];
        CodedInputStream input = new(message);
        while (input.ReadTag() is not 0 and uint tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return fields.ToLookup(field => field.Number, field => field.Value);
    }
}
