using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class WorkflowUpdateTests(RealServer server) : ClientTest(server)
{
    private static readonly Outcome Approved = new() { Success = ScriptedWorker.ToPayloads("approved") };
    private static readonly Outcome Broken = new() { Failure = new() { Message = "broken", ApplicationFailureInfo = new() } };

    [LabFact]
    public async Task Update_Completed_GivesItsResult()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.AnswerAsync();
        Task<string> result = handle.ExecuteUpdateAsync<string>("approve", ["ann"], new("update-1"));

        Request request = await Worker.AcceptUpdateAsync(Approved);

        Assert.Equal("approved", await result.Within());
        Assert.Equal(
            ("update-1", "approve", "\"ann\""),
            (request.Meta.UpdateId, request.Input.Name, request.Input.Args.Payloads_[0].Data.ToStringUtf8()));
        Assert.Equal("approved", await handle.GetUpdateHandle<string>("update-1").GetResultAsync().Within());
    }

    [LabFact]
    public async Task Update_ThatFails_ThrowsItsFailure()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.AnswerAsync();
        Task update = handle.ExecuteUpdateAsync("approve", []);

        await Worker.AcceptUpdateAsync(Broken);

        WorkflowUpdateFailedException error = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => update.Within());
        Assert.Equal("broken", error.InnerException!.Message);
    }

    [LabFact]
    public async Task Update_ThatIsRejected_ThrowsTheReasonAndLeavesNoTrace()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.AnswerAsync();
        int events = (await handle.FetchHistoryAsync()).Events.Count;
        Task update = handle.ExecuteUpdateAsync("approve", []);

        await Worker.RejectUpdateAsync("own change");

        WorkflowUpdateFailedException error = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => update.Within());
        Assert.Equal("Refused", Assert.IsType<ApplicationFailureException>(error.InnerException).ErrorType);
        Assert.Equal(events, (await handle.FetchHistoryAsync()).Events.Count);
    }

    [LabFact]
    public async Task Update_WaitedForUntilAccepted_ReturnsBeforeItIsDone()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.AnswerAsync();
        Task<WorkflowUpdateHandle<string>> start =
            handle.StartUpdateAsync<string>("approve", [], new(WorkflowUpdateStage.Accepted));
        await Worker.AcceptUpdateAsync(null);
        WorkflowUpdateHandle<string> update = await start.Within();

        WorkflowUpdateRpcTimeoutOrCanceledException error = await Assert.ThrowsAsync<WorkflowUpdateRpcTimeoutOrCanceledException>(
            () => update.GetResultAsync(new() { Timeout = TimeSpan.FromMilliseconds(300) }));

        Assert.Equal((Id, handle.ResultRunId), (update.WorkflowId, update.WorkflowRunId));

        // The server watches the same deadline; where it is the first to notice, it says that the call was cancelled.
        RpcException cause = Assert.IsType<RpcException>(error.InnerException);
        Assert.True(cause.Code is RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled, $"{cause.Code}: {cause.Message}");
    }

    [LabTheory]
    [InlineData(WorkflowUpdateStage.None)]
    [InlineData(WorkflowUpdateStage.Admitted)]
    public async Task Update_WaitedForUntilAStageThatIsNone_IsRefused(WorkflowUpdateStage stage) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Client.GetWorkflowHandle(Id).StartUpdateAsync("approve", [], new(stage)));

    [LabFact]
    public async Task UpdateWithStart_OfAWorkflowThatDoesNotRun_StartsItFirst()
    {
        WithStartWorkflowOperation<WorkflowHandle> start = WithStartWorkflowOperation.Create(
            "Roll", [], new(Id, TaskQueue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });
        Task<string> result = Client.ExecuteUpdateWithStartWorkflowAsync<string>("approve", ["ann"], new(start));

        await Worker.AcceptUpdateAsync(Approved);

        Assert.Equal("approved", await result.Within());
        WorkflowHandle handle = await start.GetHandleAsync().Within();
        Assert.Equal((Id, (await handle.DescribeAsync()).RunId), (handle.Id, handle.ResultRunId));
    }

    [LabFact]
    public async Task UpdateWithStart_OfAnIdThatMayNotRunTwice_IsRefusedForUpdateAndHandle()
    {
        WorkflowHandle first = await StartAsync();
        WithStartWorkflowOperation<WorkflowHandle> start = WithStartWorkflowOperation.Create(
            "Roll", [], new(Id, TaskQueue) { IdConflictPolicy = WorkflowIdConflictPolicy.Fail });

        WorkflowAlreadyStartedException error = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => Client.ExecuteUpdateWithStartWorkflowAsync("approve", [], new(start)));

        Assert.Equal(first.ResultRunId, error.RunId);
        Assert.Same(error, await Record.ExceptionAsync(start.GetHandleAsync));
    }

    [LabFact]
    public async Task UpdateWithStart_WithTheSameOperationTwice_IsRefused()
    {
        WithStartWorkflowOperation<WorkflowHandle> start = WithStartWorkflowOperation.Create("Roll", [], new(Id, TaskQueue));
        WorkflowStartUpdateWithStartOptions options = new(start, WorkflowUpdateStage.Accepted);
        ArgumentException incomplete = await Assert.ThrowsAsync<ArgumentException>(
            () => Client.StartUpdateWithStartWorkflowAsync("approve", [], options));

        ArgumentException again = await Assert.ThrowsAsync<ArgumentException>(
            () => Client.StartUpdateWithStartWorkflowAsync("approve", [], options));

        Assert.Contains("conflict policy", incomplete.Message, StringComparison.Ordinal);
        Assert.Contains("used before", again.Message, StringComparison.Ordinal);
    }
}
