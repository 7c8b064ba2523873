using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace Temporalio.Tests.Common;

public sealed class WorkflowHistoryTests
{
    private const string Long = """
        {"events":[
          {"eventId":"1","eventTime":"2026-08-01T00:00:00Z","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
           "workflowExecutionStartedEventAttributes":{"workflowType":{"name":"Roll"},
             "taskQueue":{"name":"q","kind":"TASK_QUEUE_KIND_NORMAL"},"initiator":"CONTINUE_AS_NEW_INITIATOR_RETRY",
             "input":{"payloads":[{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"ImEi"}]}}},
          {"eventId":"2","eventType":"EVENT_TYPE_WORKFLOW_TASK_FAILED","workflowTaskFailedEventAttributes":{
             "cause":"WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR",
             "failure":{"message":"m","cause":{"message":"c","timeoutFailureInfo":{"timeoutType":"TIMEOUT_TYPE_HEARTBEAT"}}}}}]}
        """;

    [Fact]
    public void Json_WithLongEnumNames_IsRead()
    {
        WorkflowHistory history = WorkflowHistory.FromJson("w", Long);

        HistoryEvent[] events = [.. history.Events];
        Assert.Equal(("w", EventType.WorkflowExecutionStarted, TaskQueueKind.Normal, ContinueAsNewInitiator.Retry),
            (history.Id, events[0].EventType, events[0].WorkflowExecutionStartedEventAttributes.TaskQueue.Kind, events[0].WorkflowExecutionStartedEventAttributes.Initiator));
        Assert.Equal("\"a\"", events[0].WorkflowExecutionStartedEventAttributes.Input.Payloads_[0].Data.ToStringUtf8());
        Assert.Equal(
            (WorkflowTaskFailedCause.NonDeterministicError, TimeoutType.Heartbeat),
            (events[1].WorkflowTaskFailedEventAttributes.Cause, events[1].WorkflowTaskFailedEventAttributes.Failure.Cause.TimeoutFailureInfo.TimeoutType));
    }

    [Fact]
    public void Json_WithShortEnumNames_IsReadAlike()
    {
        string shortNames = Long
            .Replace("EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", "WorkflowExecutionStarted", StringComparison.Ordinal)
            .Replace("EVENT_TYPE_WORKFLOW_TASK_FAILED", "WorkflowTaskFailed", StringComparison.Ordinal)
            .Replace("TASK_QUEUE_KIND_NORMAL", "Normal", StringComparison.Ordinal)
            .Replace("CONTINUE_AS_NEW_INITIATOR_RETRY", "Retry", StringComparison.Ordinal)
            .Replace("WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR", "NonDeterministicError", StringComparison.Ordinal)
            .Replace("TIMEOUT_TYPE_HEARTBEAT", "Heartbeat", StringComparison.Ordinal);

        Assert.Equal(WorkflowHistory.FromJson("w", Long).Events, WorkflowHistory.FromJson("w", shortNames).Events);
    }

    [Fact]
    public void Json_OfANewerServer_IsReadWithoutWhatIsNotKnown()
    {
        string newer = Long.Replace("\"eventId\":\"1\"", "\"eventId\":\"1\",\"addedLater\":{\"x\":1}", StringComparison.Ordinal);

        Assert.Equal(2, WorkflowHistory.FromJson("w", newer).Events.Count);
    }

    [Fact]
    public void History_WrittenAndRead_IsTheSame()
    {
        WorkflowHistory history = WorkflowHistory.FromJson("w", Long);
        using StringWriter writer = new();
        history.ToJson(writer);

        Assert.Equal(history.Events, WorkflowHistory.FromJson("w", history.ToJson()).Events);
        Assert.Equal(history.ToJson(), writer.ToString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"events\":")]
    [InlineData("{\"events\":[{\"eventType\":\"NoSuchEvent\"}]}")]
    public void Json_OfSomethingElse_IsRefusedWithTheWorkflowId(string json) =>
        Assert.StartsWith("The history of workflow w ", Assert.Throws<ArgumentException>(() => WorkflowHistory.FromJson("w", json)).Message, StringComparison.Ordinal);
}
