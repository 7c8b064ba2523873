using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;

namespace Temporalio.Converters;

/// <summary>
/// Converts <see cref="FailureException"/>s one to one and any other exception as an application failure whose type is the name of
/// its class. A received failure that is thrown on is sent on unchanged.
/// </summary>
public class DefaultFailureConverter : IFailureConverter
{
    private const string MessageKey = "message";
    private const string StackTraceKey = "stack_trace";
    private const string EncodedMessage = "Encoded failure";

    /// <summary>Initializes an instance with default options.</summary>
    public DefaultFailureConverter()
        : this(new())
    {
    }

    /// <summary>Initializes an instance.</summary>
    protected DefaultFailureConverter(DefaultFailureConverterOptions options) => Options = options;

    /// <summary>The options; not to be changed afterwards.</summary>
    public DefaultFailureConverterOptions Options { get; }

    /// <inheritdoc/>
    public virtual Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        if (exception is FailureException { Failure: { } received })
        {
            // The exception keeps what it received.
            Failure copy = received.Clone();
            for (Failure? failure = copy; failure is not null; failure = failure.Cause)
            {
                EncodeAttributes(failure, payloadConverter);
            }

            return copy;
        }

        Failure made = new()
        {
            Message = exception.Message,
            StackTrace = exception.StackTrace ?? string.Empty,
            Cause = exception.InnerException is null ? null : ToFailure(exception.InnerException, payloadConverter),
        };
        SetInfo(made, exception, payloadConverter);
        EncodeAttributes(made, payloadConverter);
        return made;
    }

    /// <inheritdoc/>
    public virtual Exception ToException(Failure failure, IPayloadConverter payloadConverter)
    {
        DecodeAttributes(failure, payloadConverter);
        Exception? inner = failure.Cause is null ? null : ToException(failure.Cause, payloadConverter);
        return failure.FailureInfoCase switch
        {
            Failure.FailureInfoOneofCase.ApplicationFailureInfo => new ApplicationFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TimeoutFailureInfo => new TimeoutFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.CanceledFailureInfo => new CanceledFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TerminatedFailureInfo => new TerminatedFailureException(failure, inner, null),
            Failure.FailureInfoOneofCase.ServerFailureInfo => new ServerFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ActivityFailureInfo => new ActivityFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ChildWorkflowExecutionFailureInfo => new ChildWorkflowFailureException(failure, inner),
            Failure.FailureInfoOneofCase.NexusOperationExecutionFailureInfo => new NexusOperationFailureException(failure, inner),
            _ => new FailureException(failure, inner),
        };
    }

    private static void SetInfo(Failure failure, Exception exception, IPayloadConverter converter)
    {
        switch (exception)
        {
            case ApplicationFailureException application:
                failure.ApplicationFailureInfo = new()
                {
                    Type = application.ErrorType ?? string.Empty,
                    NonRetryable = application.NonRetryable,
                    Details = ToPayloads(application.Details, converter),
                    NextRetryDelay = application.NextRetryDelay is { } delay ? Duration.FromTimeSpan(delay) : null,
                    Category = application.Category,
                };
                break;
            case CanceledFailureException canceled:
                failure.CanceledFailureInfo = new() { Details = ToPayloads(canceled.Details, converter) };
                break;
            case WorkflowAlreadyStartedException:
                // Inside a workflow this is an outcome of starting a child, and says all in its message.
                break;
            default:
                failure.ApplicationFailureInfo = new() { Type = exception.GetType().Name };
                break;
        }
    }

    private static Payloads? ToPayloads(IFailureDetails details, IPayloadConverter converter)
    {
        if (details.Count == 0)
        {
            return null;
        }

        Payloads payloads = new();
        payloads.Payloads_.Add(details switch
        {
            OutboundFailureDetails outbound => outbound.Details.Select(converter.ToPayload),
            InboundFailureDetails inbound => inbound.Payloads,
            _ => throw new ArgumentException($"Failure details of type {details.GetType()} cannot be sent.", nameof(details)),
        });
        return payloads;
    }

    private static void DecodeAttributes(Failure failure, IPayloadConverter converter)
    {
        if (failure.EncodedAttributes is null)
        {
            return;
        }

        try
        {
            Dictionary<string, string>? attributes = converter.ToValue<Dictionary<string, string>?>(failure.EncodedAttributes);
            failure.Message = attributes?.GetValueOrDefault(MessageKey) ?? failure.Message;
            failure.StackTrace = attributes?.GetValueOrDefault(StackTraceKey) ?? failure.StackTrace;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            // What cannot be decoded stays "Encoded failure": the failure itself must still be reported.
        }
    }

    private void EncodeAttributes(Failure failure, IPayloadConverter converter)
    {
        if (!Options.EncodeCommonAttributes)
        {
            return;
        }

        failure.EncodedAttributes = converter.ToPayload(
            new Dictionary<string, string> { [MessageKey] = failure.Message, [StackTraceKey] = failure.StackTrace });
        failure.Message = EncodedMessage;
        failure.StackTrace = string.Empty;
    }

    /// <summary>The default failure converter with <see cref="DefaultFailureConverterOptions.EncodeCommonAttributes"/> on.</summary>
    public class WithEncodedCommonAttributes : DefaultFailureConverter
    {
        /// <summary>Initializes an instance.</summary>
        public WithEncodedCommonAttributes()
            : base(new() { EncodeCommonAttributes = true })
        {
        }
    }
}
