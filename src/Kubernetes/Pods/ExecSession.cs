using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>
/// A program running in a container, seen over a WebSocket whose messages begin with the number of a channel: 0 input, 1 output,
/// 2 error, 3 the final status, 255 (from version 5 on) the end of a channel.
/// </summary>
internal sealed class ExecSession(ApiCall call, WebSocket socket, ExecOptions options)
{
    /// <summary>Version 5, which servers speak since 1.30: version 4 cannot tell a program that its input has ended.</summary>
    public const string Protocol = "v5.channel.k8s.io";

    private const byte Input = 0;
    private const byte Output = 1;
    private const byte Error = 2;
    private const byte Status = 3;
    private const byte EndOfChannel = 255;
    private const int LargestMessage = 32 * 1024;

    private readonly CappedText _output = new(options.MaxOutputBytes);
    private readonly CappedText _error = new(options.MaxOutputBytes);

    public async Task<ExecResult> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sending = options.Input.IsEmpty ? Task.CompletedTask : SendInputAsync(ended.Token);
        JsonObject status = await ReceiveAsync(cancellationToken);
        await ended.CancelAsync();
        await sending;
        return new ExecResult(ExitCode(status), _output.ToString(), _error.ToString(), _output.IsTruncated || _error.IsTruncated);
    }

    private async Task SendInputAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (int sent = 0; sent < options.Input.Length; sent += LargestMessage)
            {
                byte[] message = [Input, .. options.Input.Span.Slice(sent, Math.Min(LargestMessage, options.Input.Length - sent))];
                await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }

            byte[] end = [EndOfChannel, Input];
            await socket.SendAsync(end.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // A program may end without reading its input; what it ended with is in the status.
        }
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LargestMessage];
        List<byte> status = [];
        int channel = -1;
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw MissingAnswer.From(call, new IOException("it ended before the program's exit code arrived"));
            }

            ReadOnlySpan<byte> part = buffer.AsSpan(0, received.Count);
            if (channel < 0 && part.Length > 0)
            {
                channel = part[0];
                part = part[1..];
            }

            switch (channel)
            {
                case Output:
                    _output.Add(part);
                    break;
                case Error:
                    _error.Add(part);
                    break;
                case Status:
                    status.AddRange(part);
                    break;
            }

            if (!received.EndOfMessage)
            {
                continue;
            }

            if (channel == Status && status.Count > 0)
            {
                return Parse([.. status]);
            }

            channel = -1;
        }
    }

    private JsonObject Parse(byte[] status)
    {
        try
        {
            return JsonNode.Parse(status) as JsonObject
                ?? throw MissingAnswer.Unreadable(call, "the program's status is not an object", null);
        }
        catch (JsonException e)
        {
            throw MissingAnswer.Unreadable(call, $"the program's status is not JSON: {e.Message}", e);
        }
    }

    private int ExitCode(JsonObject status)
    {
        if (status["status"]?.GetValue<string>() == "Success")
        {
            return 0;
        }

        JsonArray causes = status["details"]?["causes"] as JsonArray ?? [];
        JsonNode? exitCode = causes.FirstOrDefault(cause => (string?)cause?["reason"] == "ExitCode");
        return (string?)status["reason"] == "NonZeroExitCode" && int.TryParse((string?)exitCode?["message"], out int code)
            ? code
            : throw FailedAnswer.From(call, status);
    }
}
