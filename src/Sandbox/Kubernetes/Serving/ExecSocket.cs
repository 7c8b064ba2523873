using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Errors;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>
/// A command over a WebSocket, by the protocols <c>v4.channel.k8s.io</c> and <c>v5.channel.k8s.io</c>: the first byte of each message says
/// which stream it belongs to, and the last message is a <c>Status</c> with the exit code.
/// </summary>
internal static class ExecSocket
{
    private const byte Input = 0;
    private const byte Output = 1;
    private const byte Error = 2;
    private const byte Status = 3;
    private const byte Close = 255;

    private static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    /// <summary>Runs a command with the streams of the socket.</summary>
    public static async Task RunAsync(ApiRequest request, Func<Stream, Stream, Stream, CancellationToken, Task<int>> run)
    {
        string? protocol = Protocols.FirstOrDefault(request.Http.WebSockets.WebSocketRequestedProtocols.Contains);
        // It ends with the request.
        WebSocket socket = await request.Http.WebSockets.AcceptWebSocketAsync(protocol);
        Pipe input = new();
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted);
#pragma warning disable CA2025 // Both are awaited before the source is disposed of.
        Task running = RunAsync(socket, input.Reader.AsStream(), run, over);
        Task reading = request.Flag("stdin") ? ReadAsync(socket, input.Writer, over.Token) : input.Writer.CompleteAsync().AsTask();
#pragma warning restore CA2025
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await running;
    }

    // Ends the reading of what is typed when the command has ended.
    private static async Task RunAsync(
        WebSocket socket,
        Stream input,
        Func<Stream, Stream, Stream, CancellationToken, Task<int>> run,
        CancellationTokenSource over)
    {
        using SemaphoreSlim oneAtATime = new(1);
        try
        {
            await using ChannelStream output = new(socket, Output, oneAtATime);
            await using ChannelStream error = new(socket, Error, oneAtATime);
            JsonObject end;
            try
            {
                end = StatusOf(await run(input, output, error, over.Token));
            }
            catch (StatusException e)
            {
                end = e.ToJson();
            }

            await using ChannelStream status = new(socket, Status, oneAtATime);
            await status.WriteAsync(Encoding.UTF8.GetBytes(end.ToJsonString()), over.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, over.Token);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private static async Task ReadAsync(WebSocket socket, PipeWriter input, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[32 * 1024];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult read = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                if (read.MessageType == WebSocketMessageType.Close || (read.Count > 1 && buffer[0] == Close && buffer[1] == Input))
                {
                    return;
                }

                if (read.Count > 1 && buffer[0] == Input)
                {
                    await input.WriteAsync(buffer.AsMemory(1, read.Count - 1), cancellationToken);
                }
            }
        }
        finally
        {
            await input.CompleteAsync();
        }
    }

    private static JsonObject StatusOf(int code)
    {
        JsonObject status = new() { ["metadata"] = new JsonObject(), ["status"] = code == 0 ? "Success" : "Failure" };
        if (code != 0)
        {
            status["message"] = $"command terminated with non-zero exit code: command terminated with exit code {code}";
            status["reason"] = "NonZeroExitCode";
            status["details"] = new JsonObject
            {
                ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = $"{code}" }),
            };
        }

        return status;
    }

    private sealed class ChannelStream(WebSocket socket, byte channel, SemaphoreSlim oneAtATime) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] message = [channel, .. buffer.Span];
            await oneAtATime.WaitAsync(cancellationToken);
            try
            {
                await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
            finally
            {
                oneAtATime.Release();
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) =>
            WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
