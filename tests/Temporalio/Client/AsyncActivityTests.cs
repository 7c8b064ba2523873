using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class AsyncActivityTests(RealServer server) : ClientTest(server)
{
    private const string ActivityId = "drain-0";

    [LabTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activity_CompletedFromOutside_HandsItsResultToTheWorkflow(bool byToken)
    {
        (WorkflowHandle workflow, AsyncActivityHandle activity) = await StartActivityAsync(byToken);

        await activity.HeartbeatAsync(new() { Details = [50] });
        await activity.CompleteAsync("drained");

        ActivityTaskCompletedEventAttributes completed =
            (await LastAsync(workflow, EventType.ActivityTaskCompleted)).ActivityTaskCompletedEventAttributes;
        Assert.Equal("\"drained\"", completed.Result.Payloads_.Single().Data.ToStringUtf8());
    }

    [LabTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activity_FailedFromOutside_HandsItsFailureToTheWorkflow(bool byToken)
    {
        (WorkflowHandle workflow, AsyncActivityHandle activity) = await StartActivityAsync(byToken);

        await activity.FailAsync(new ApplicationFailureException("stuck", errorType: "Stuck"), new() { LastHeartbeatDetails = [70] });

        ActivityTaskFailedEventAttributes failed =
            (await LastAsync(workflow, EventType.ActivityTaskFailed)).ActivityTaskFailedEventAttributes;
        Assert.Equal(("stuck", "Stuck"), (failed.Failure.Message, failed.Failure.ApplicationFailureInfo.Type));
    }

    [LabTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activity_WhoseCancellationIsRequested_LearnsItByHeartbeatAndReportsIt(bool byToken)
    {
        (WorkflowHandle workflow, AsyncActivityHandle activity) = await StartActivityAsync(byToken);
        await workflow.SignalAsync("stop", []);
        HistoryEvent scheduled = await LastAsync(workflow, EventType.ActivityTaskScheduled);
        await Worker.RequestActivityCancelAsync(scheduled.EventId);

        await Assert.ThrowsAsync<AsyncActivityCanceledException>(() => activity.HeartbeatAsync());
        await activity.ReportCancellationAsync(new() { Details = ["half way"] });

        ActivityTaskCanceledEventAttributes canceled =
            (await LastAsync(workflow, EventType.ActivityTaskCanceled)).ActivityTaskCanceledEventAttributes;
        Assert.Equal("\"half way\"", canceled.Details.Payloads_.Single().Data.ToStringUtf8());
    }

    [LabFact]
    public async Task Activity_CompletedTwice_ThrowsNotFound()
    {
        (_, AsyncActivityHandle activity) = await StartActivityAsync(byToken: true);
        await activity.CompleteAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => activity.CompleteAsync());

        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
    }

    private static async Task<HistoryEvent> LastAsync(WorkflowHandle workflow, EventType type) =>
        (await workflow.FetchHistoryAsync()).Events.Last(e => e.EventType == type);

    private async Task<(WorkflowHandle Workflow, AsyncActivityHandle Activity)> StartActivityAsync(bool byToken)
    {
        WorkflowHandle workflow = await StartAsync();
        await Worker.ScheduleActivityAsync(ActivityId);
        PollActivityTaskQueueResponse task = await Worker.PollActivityAsync();
        return (workflow, byToken
            ? Client.GetAsyncActivityHandle(task.TaskToken.ToByteArray())
            : Client.GetAsyncActivityHandle(Id, workflow.ResultRunId!, ActivityId));
    }
}
