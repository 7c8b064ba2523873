using System.Globalization;
using System.Text;
using Google.Protobuf;
using Orchestrator.Sandbox.Temporal.Wire;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>What a worker sends back with its answer: the run, the event that scheduled the task, and which start of it this is.</summary>
internal sealed record TaskToken(string RunId, long ScheduledId, string Start)
{
    /// <summary>As the wire carries it.</summary>
    public ByteString ToBytes() =>
        ByteString.CopyFromUtf8(string.Create(CultureInfo.InvariantCulture, $"{RunId}/{ScheduledId}/{Start}"));

    /// <summary>Reads one.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is none of this server.</exception>
    public static TaskToken Parse(ByteString token) =>
        Encoding.UTF8.GetString(token.Span).Split('/') is [var run, var scheduled, var start]
        && long.TryParse(scheduled, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? new TaskToken(run, id, start)
            : throw RpcErrors.InvalidArgument("Invalid TaskToken.");
}
