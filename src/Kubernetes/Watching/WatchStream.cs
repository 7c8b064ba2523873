using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;

namespace Orchestrator.Kubernetes;

/// <summary>One connection of a watch: a JSON object per line.</summary>
internal sealed class WatchStream : IDisposable
{
    private readonly LiveAnswer _answer;
    private readonly PipeReader _lines;
    private readonly CancellationTokenSource _lifetime;

    public WatchStream(LiveAnswer answer, TimeSpan lifetime, TimeProvider timeProvider)
    {
        _answer = answer;
        _lines = PipeReader.Create(answer.Body, new StreamPipeReaderOptions(bufferSize: 16 * 1024));
        _lifetime = new CancellationTokenSource(lifetime, timeProvider);
    }

    /// <summary>Whether this connection has told of anything.</summary>
    public bool HasTold { get; private set; }

    /// <summary>The next event; null when the server, or the connection's lifetime, ended the stream.</summary>
    /// <exception cref="ApiException">The connection broke, or the server told of an error.</exception>
    public async Task<WatchEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.Token, cancellationToken);
        try
        {
            while (true)
            {
                ReadResult read = await _lines.ReadAsync(either.Token);
                if (read.Buffer.PositionOf((byte)'\n') is { } end)
                {
                    JsonObject line = Parse(read.Buffer.Slice(0, end));
                    _lines.AdvanceTo(read.Buffer.GetPosition(1, end));
                    HasTold = true;
                    return ToEvent(line);
                }

                if (read.IsCompleted)
                {
                    // What is left is a line that was cut off; the server tells it again on the next connection.
                    return null;
                }

                _lines.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _lines.Complete();
        _answer.Dispose();
        _lifetime.Dispose();
    }

    private JsonObject Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line, new JsonReaderOptions { MaxDepth = ClusterConnection.DeepestJson });
            return JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("not an object");
        }
        catch (JsonException e)
        {
            throw MissingAnswer.Unreadable(_answer.Call, $"an event is not JSON: {e.Message}", e);
        }
    }

    private WatchEvent ToEvent(JsonObject line)
    {
        JsonObject obj = line["object"] as JsonObject ?? throw MissingAnswer.Unreadable(_answer.Call, "an event has no object", null);
        line.Remove("object");
        string? type = line["type"]?.GetValue<string>();
        if (type != "ERROR" && obj["metadata"]?["resourceVersion"] is null)
        {
            throw MissingAnswer.Unreadable(_answer.Call, "the object of an event has no resourceVersion", null);
        }

        return type switch
        {
            "ADDED" => new WatchEvent(WatchEventType.Added, obj),
            "MODIFIED" => new WatchEvent(WatchEventType.Modified, obj),
            "DELETED" => new WatchEvent(WatchEventType.Deleted, obj),
            "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, obj),
            "ERROR" => throw FailedAnswer.From(_answer.Call, obj),
            var other => throw MissingAnswer.Unreadable(_answer.Call, $"an event has the unknown type '{other}'", null),
        };
    }
}
