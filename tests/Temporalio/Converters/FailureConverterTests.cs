using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Converters;

public sealed class FailureConverterTests
{
    private static readonly IPayloadConverter Payloads = DataConverter.Default.PayloadConverter;
    private static readonly DefaultFailureConverter Converter = new();

    public static TheoryData<Failure, Type> Received => new()
    {
        { new() { ApplicationFailureInfo = new() }, typeof(ApplicationFailureException) },
        { new() { TimeoutFailureInfo = new() }, typeof(TimeoutFailureException) },
        { new() { CanceledFailureInfo = new() }, typeof(CanceledFailureException) },
        { new() { TerminatedFailureInfo = new() }, typeof(TerminatedFailureException) },
        { new() { ServerFailureInfo = new() }, typeof(ServerFailureException) },
        { new() { ActivityFailureInfo = new() }, typeof(ActivityFailureException) },
        { new() { ChildWorkflowExecutionFailureInfo = new() }, typeof(ChildWorkflowFailureException) },
        { new() { NexusOperationExecutionFailureInfo = new() }, typeof(NexusOperationFailureException) },
        { new() { ResetWorkflowFailureInfo = new() }, typeof(FailureException) },
        { new(), typeof(FailureException) },
    };

    [Theory]
    [MemberData(nameof(Received))]
    public void Failure_Received_BecomesItsException(Failure failure, Type expected)
    {
        failure.Message = "what happened";
        failure.StackTrace = "  at Far.Away()";

        Exception exception = Converter.ToException(failure.Clone(), Payloads);

        Assert.Equal((expected, "what happened", "  at Far.Away()"), (exception.GetType(), exception.Message, exception.StackTrace));
        Assert.Equal(failure, Converter.ToFailure(exception, Payloads));
    }

    [Fact]
    public void ApplicationFailure_SentAndReceived_KeepsEverything()
    {
        ApplicationFailureException thrown = new(
            "no ISR",
            new CanceledFailureException("stopped", details: [1]),
            "UnderReplicated",
            nonRetryable: true,
            details: ["orders", 3],
            nextRetryDelay: TimeSpan.FromSeconds(90),
            category: ApplicationErrorCategory.Benign);

        ApplicationFailureException read = Assert.IsType<ApplicationFailureException>(RoundTrip(thrown));

        Assert.Equal(
            ("no ISR", "UnderReplicated", true, "orders", 3, TimeSpan.FromSeconds(90), ApplicationErrorCategory.Benign),
            (read.Message, read.ErrorType, read.NonRetryable, read.Details.ElementAt<string>(0), read.Details.ElementAt<int>(1), read.NextRetryDelay, read.Category));
        Assert.Equal(1, Assert.IsType<CanceledFailureException>(read.InnerException).Details.ElementAt<int>(0));
    }

    [Fact]
    public void AnyOtherException_Sent_IsAnApplicationFailureOfItsClass()
    {
        Failure failure = Converter.ToFailure(Thrown(), Payloads);

        Assert.Equal(
            ("outer", "InvalidOperationException", false, "inner", "FormatException"),
            (failure.Message, failure.ApplicationFailureInfo.Type, failure.ApplicationFailureInfo.NonRetryable, failure.Cause.Message, failure.Cause.ApplicationFailureInfo.Type));
        Assert.Contains(nameof(Thrown), failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void ActivityFailure_CausedByCancellation_IsACancellation()
    {
        Failure failure = new()
        {
            ActivityFailureInfo = new() { ActivityId = "3", ActivityType = new() { Name = "Drain" }, RetryState = RetryState.CancelRequested },
            Cause = new() { CanceledFailureInfo = new() },
        };

        ActivityFailureException exception = Assert.IsType<ActivityFailureException>(Converter.ToException(failure, Payloads));

        Assert.Equal(("3", "Drain", RetryState.CancelRequested), (exception.ActivityId, exception.ActivityType, exception.RetryState));
        Assert.True(TemporalException.IsCanceledException(exception));
    }

    [Fact]
    public void ActivityFailure_CausedByAnotherFailure_IsNoCancellation()
    {
        Failure failure = new() { ActivityFailureInfo = new(), Cause = new() { ApplicationFailureInfo = new() } };

        Assert.False(TemporalException.IsCanceledException(Converter.ToException(failure, Payloads)));
        Assert.True(TemporalException.IsCanceledException(new OperationCanceledException()));
    }

    [Fact]
    public void EncodedAttributes_ThatCannotBeRead_LeaveTheFailureAsItIs()
    {
        Failure failure = new() { Message = "Encoded failure", EncodedAttributes = Payloads.ToPayload(12), ApplicationFailureInfo = new() };

        Assert.Equal("Encoded failure", Converter.ToException(failure, Payloads).Message);
    }

    [Fact]
    public void EncodedAttributes_OfAnotherSdk_AreRead()
    {
        Failure failure = new()
        {
            Message = "Encoded failure",
            EncodedAttributes = Payloads.ToPayload(new Dictionary<string, string> { ["message"] = "m", ["stack_trace"] = "s" }),
        };

        Exception exception = Converter.ToException(failure, Payloads);

        Assert.Equal(("m", "s"), (exception.Message, exception.StackTrace));
    }

    private static Exception RoundTrip(Exception exception) =>
        Converter.ToException(Failure.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(Converter.ToFailure(exception, Payloads))), Payloads);

    private static Exception Thrown() =>
        Record.Exception(object () => throw new InvalidOperationException("outer", new FormatException("inner")))!;
}
