using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>An activity failed; the inner exception says how.</summary>
public class ActivityFailureException : FailureException
{
    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal ActivityFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ActivityFailureInfo is null)
        {
            throw new ArgumentException("The failure is no activity failure.", nameof(failure));
        }
    }

    /// <summary>The id of the activity.</summary>
    public string ActivityId => Failure.ActivityFailureInfo.ActivityId;

    /// <summary>The type of the activity.</summary>
    public string ActivityType => Failure.ActivityFailureInfo.ActivityType?.Name ?? string.Empty;

    /// <summary>The failure as received.</summary>
    public new Failure Failure => ReceivedFailure;

    /// <summary>The identity of the worker that ran the last attempt; null when none did.</summary>
    public string? Identity => Failure.ActivityFailureInfo.Identity is { Length: > 0 } identity ? identity : null;

    /// <summary>Why there is no further attempt.</summary>
    public RetryState RetryState => Failure.ActivityFailureInfo.RetryState;
}
