using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>What people read of a failure as it arrives from the server: the cause, not the wrappers around it.</summary>
public sealed class FailureTextTests
{
    private static readonly Failure Cause = Application("Topic orders is gone.", "TARGET_NOT_FOUND");

    /// <summary>A failure, its code and its sentence.</summary>
    public static TheoryData<Failure, string, string> Rows => new()
    {
        { Cause, "TARGET_NOT_FOUND", "Topic orders is gone." },
        { InActivity(Cause), "TARGET_NOT_FOUND", "Topic orders is gone." },
        { InChild(InActivity(Cause)), "TARGET_NOT_FOUND", "Topic orders is gone." },
        { Application("It broke.", ""), "FAILED", "It broke." },
        { Application("connection refused", "X"), "X", "connection refused." },
        { Application("Outer.", "OUTER", Cause), "OUTER", "Outer." },
        { InActivity(TimedOut()), "TIMEOUT_SCHEDULETOCLOSE", "Activity WatchRoll ran into its ScheduleToClose timeout." },
        { InChild(InActivity(TimedOut())), "TIMEOUT_SCHEDULETOCLOSE", "Activity WatchRoll ran into its ScheduleToClose timeout." },
        { InChild(TimedOut()), "TIMEOUT_SCHEDULETOCLOSE", "timed out." },
        { InActivity(Cancelled()), "CANCELLED", "The workflow was cancelled." },
        { InChild(Cancelled()), "CANCELLED", "The workflow was cancelled." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void FailureText_Failure_IsItsCause(Failure failure, string code, string sentence) => Assert.Equal(
        (code, sentence),
        FailureText.Of(DataConverter.Default.FailureConverter.ToException(failure, DataConverter.Default.PayloadConverter)));

    [Fact]
    public void FailureText_Cancel_SaysSo() =>
        Assert.Equal(("CANCELLED", "The workflow was cancelled."), FailureText.Of(new OperationCanceledException()));

    private static Failure Application(string message, string type, Failure? cause = null) =>
        new() { Message = message, Cause = cause, ApplicationFailureInfo = new ApplicationFailureInfo { Type = type } };

    private static Failure TimedOut() =>
        new() { Message = "timed out", TimeoutFailureInfo = new TimeoutFailureInfo { TimeoutType = TimeoutType.ScheduleToClose } };

    private static Failure Cancelled() => new() { Message = "cancelled", CanceledFailureInfo = new CanceledFailureInfo() };

    private static Failure InActivity(Failure cause) =>
        new()
        {
            Message = "activity failed", Cause = cause,
            ActivityFailureInfo = new ActivityFailureInfo { ActivityType = new ActivityType { Name = "WatchRoll" } },
        };

    private static Failure InChild(Failure cause) =>
        new() { Message = "child failed", Cause = cause, ChildWorkflowExecutionFailureInfo = new ChildWorkflowExecutionFailureInfo() };
}
