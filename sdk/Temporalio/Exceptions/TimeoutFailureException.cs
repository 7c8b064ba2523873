using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>An activity or a workflow ran out of time.</summary>
public class TimeoutFailureException : FailureException
{
    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal TimeoutFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        TimeoutFailureInfo info = failure.TimeoutFailureInfo ??
            throw new ArgumentException("The failure is no timeout.", nameof(failure));
        LastHeartbeatDetails = new InboundFailureDetails(converter, info.LastHeartbeatDetails?.Payloads_ ?? []);
    }

    /// <summary>The failure as received.</summary>
    public new Failure Failure => ReceivedFailure;

    /// <summary>What the activity said in its last heartbeat; empty when it never did.</summary>
    public InboundFailureDetails LastHeartbeatDetails { get; protected init; }

    /// <summary>Which of the timeouts it was.</summary>
    public TimeoutType TimeoutType => Failure.TimeoutFailureInfo.TimeoutType;
}
