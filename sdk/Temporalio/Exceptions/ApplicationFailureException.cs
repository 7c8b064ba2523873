using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>The failure that user code throws: from an activity it is retried unless non-retryable, from a workflow it fails the run.</summary>
public class ApplicationFailureException : FailureException
{
    /// <summary>Initializes an instance.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="errorType">The type that retry policies and handlers match on; null for none.</param>
    /// <param name="nonRetryable">Whether the failure ends the retries whatever the policy says.</param>
    /// <param name="details">Values that travel with the failure.</param>
    /// <param name="nextRetryDelay">When the next attempt starts, instead of what the retry policy says.</param>
    /// <param name="category">Benign failures are logged at debug level and not counted as errors.</param>
    public ApplicationFailureException(
        string message,
        string? errorType = null,
        bool nonRetryable = false,
        IReadOnlyCollection<object?>? details = null,
        TimeSpan? nextRetryDelay = null,
        ApplicationErrorCategory category = ApplicationErrorCategory.Unspecified)
        : this(message, null, errorType, nonRetryable, details, nextRetryDelay, category)
    {
    }

    /// <summary>Initializes an instance with its cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="inner">The cause.</param>
    /// <param name="errorType">The type that retry policies and handlers match on; null for none.</param>
    /// <param name="nonRetryable">Whether the failure ends the retries whatever the policy says.</param>
    /// <param name="details">Values that travel with the failure.</param>
    /// <param name="nextRetryDelay">When the next attempt starts, instead of what the retry policy says.</param>
    /// <param name="category">Benign failures are logged at debug level and not counted as errors.</param>
    public ApplicationFailureException(
        string message,
        Exception? inner,
        string? errorType = null,
        bool nonRetryable = false,
        IReadOnlyCollection<object?>? details = null,
        TimeSpan? nextRetryDelay = null,
        ApplicationErrorCategory category = ApplicationErrorCategory.Unspecified)
        : base(message, inner)
    {
        ErrorType = errorType;
        NonRetryable = nonRetryable;
        Details = new OutboundFailureDetails(details ?? []);
        NextRetryDelay = nextRetryDelay;
        Category = category;
    }

    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal ApplicationFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        ApplicationFailureInfo info = failure.ApplicationFailureInfo ??
            throw new ArgumentException("The failure is no application failure.", nameof(failure));
        ErrorType = info.Type.Length == 0 ? null : info.Type;
        NonRetryable = info.NonRetryable;
        Details = new InboundFailureDetails(converter, info.Details?.Payloads_ ?? []);
        NextRetryDelay = info.NextRetryDelay?.ToTimeSpan();
        Category = info.Category;
    }

    /// <summary>Whether the failure is expected noise.</summary>
    public ApplicationErrorCategory Category { get; protected init; }

    /// <summary>The values that travel with the failure; empty when there are none.</summary>
    public IFailureDetails Details { get; protected init; }

    /// <summary>The type that retry policies and handlers match on.</summary>
    public string? ErrorType { get; protected init; }

    /// <summary>When the next attempt starts; null where the retry policy decides.</summary>
    public TimeSpan? NextRetryDelay { get; protected init; }

    /// <summary>Whether the failure ends the retries.</summary>
    public bool NonRetryable { get; protected init; }
}
