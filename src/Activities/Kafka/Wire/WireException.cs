using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>A broker refused a call, or the connection to it.</summary>
/// <param name="code">The broker's error.</param>
/// <param name="message">What it said, in one sentence.</param>
public sealed class WireException(ErrorCode code, string message) : Exception(message)
{
    /// <summary>The broker's error.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>Fails where a broker's answer carries an error.</summary>
    internal static void ThrowIf(short code, string? message)
    {
        if (code != 0)
        {
            throw new WireException((ErrorCode)code, message ?? new Error((ErrorCode)code).Reason);
        }
    }
}
