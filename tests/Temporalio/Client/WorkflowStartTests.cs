using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class WorkflowStartTests(RealServer server) : ClientTest(server)
{
    private static readonly SearchAttributeKey<string> Keyword = SearchAttributeKey.CreateKeyword("StartTestKeyword");
    private static readonly SearchAttributeKey<DateTimeOffset> Due = SearchAttributeKey.CreateDateTimeOffset("StartTestDue");
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    [LabFact]
    public async Task Start_WithEveryOption_WritesThemIntoTheHistory()
    {
        await AddSearchAttributesAsync();
        WorkflowOptions options = new(Id, TaskQueue)
        {
            ExecutionTimeout = TimeSpan.FromMinutes(3),
            RunTimeout = TimeSpan.FromMinutes(2),
            TaskTimeout = TimeSpan.FromSeconds(9),
            RetryPolicy = new() { MaximumAttempts = 2 },
            Memo = new Dictionary<string, object?> { ["ticket"] = "CHG-1" },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Keyword, "k").Set(Due, Noon).ToSearchAttributeCollection(),
            Priority = new(2),
            StaticSummary = "rolls kafka",
            StaticDetails = "in **production**",
        };

        WorkflowHandle handle = await Client.StartWorkflowAsync("Roll", ["kafka", 3], options);

        WorkflowExecutionStartedEventAttributes started =
            (await handle.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        Assert.Equal(("Roll", TaskQueue), (started.WorkflowType.Name, started.TaskQueue.Name));
        Assert.Equal(["\"kafka\"", "3"], started.Input.Payloads_.Select(payload => payload.Data.ToStringUtf8()));
        Assert.Equal(
            (180.0, 120.0, 9.0, 2, 2),
            (started.WorkflowExecutionTimeout.ToTimeSpan().TotalSeconds, started.WorkflowRunTimeout.ToTimeSpan().TotalSeconds,
                started.WorkflowTaskTimeout.ToTimeSpan().TotalSeconds, started.RetryPolicy.MaximumAttempts, started.Priority.PriorityKey));
        Assert.Equal(Server.Connection.Options.Identity, started.Identity);
    }

    [LabFact]
    public async Task Start_WithMetadata_IsDescribedWithIt()
    {
        await AddSearchAttributesAsync();
        WorkflowHandle handle = await StartAsync(new(Id, TaskQueue)
        {
            Memo = new Dictionary<string, object?> { ["ticket"] = "CHG-1" },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(Keyword, "k").Set(Due, Noon).ToSearchAttributeCollection(),
            StaticSummary = "rolls kafka",
            StaticDetails = "in **production**",
        });

        WorkflowExecutionDescription description = await handle.DescribeAsync();

        Assert.Equal(
            (Id, handle.ResultRunId, "Roll", TaskQueue, WorkflowExecutionStatus.Running),
            (description.Id, description.RunId, description.WorkflowType, description.TaskQueue, description.Status));
        Assert.Equal(("k", Noon), (description.TypedSearchAttributes.Get(Keyword), description.TypedSearchAttributes.Get(Due)));
        Assert.Equal("CHG-1", await description.Memo["ticket"].ToValueAsync<string>());
        Assert.Equal(
            ("rolls kafka", "in **production**"), (await description.GetStaticSummaryAsync(), await description.GetStaticDetailsAsync()));
        Assert.Equal((null, null, null), (description.CloseTime, description.ParentId, description.ParentRunId));
    }

    [LabFact]
    public async Task Start_OfAnIdThatRuns_NamesTheRun()
    {
        WorkflowHandle first = await StartAsync();

        WorkflowAlreadyStartedException error = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => StartAsync());

        Assert.Equal((Id, "Roll", first.ResultRunId), (error.WorkflowId, error.WorkflowType, error.RunId));
    }

    [LabFact]
    public async Task Start_UsingAnExistingWorkflow_GivesItsRun()
    {
        WorkflowHandle first = await StartAsync();

        WorkflowHandle second = await StartAsync(new(Id, TaskQueue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

        Assert.Equal((first.ResultRunId, first.FirstExecutionRunId), (second.ResultRunId, second.FirstExecutionRunId));
    }

    [LabFact]
    public async Task Start_OfAnIdThatMayNotBeUsedAgain_IsRefused()
    {
        WorkflowHandle first = await StartAsync();
        await Worker.CompleteAsync(null);

        WorkflowAlreadyStartedException error = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => StartAsync(new(Id, TaskQueue) { IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate }));

        Assert.Equal(first.ResultRunId, error.RunId);
    }

    [LabFact]
    public async Task Start_WithASignal_SendsBoth()
    {
        WorkflowOptions options = new(Id, TaskQueue);
        options.SignalWithStart("approve", ["ann"]);

        WorkflowHandle handle = await StartAsync(options);
        WorkflowHandle again = await StartAsync(options);

        HistoryEvent[] signals = [.. (await handle.FetchHistoryAsync()).Events.Where(e => e.EventType == EventType.WorkflowExecutionSignaled)];
        Assert.Equal(["approve \"ann\"", "approve \"ann\""], signals.Select(signal =>
            $"{signal.WorkflowExecutionSignaledEventAttributes.SignalName} {signal.WorkflowExecutionSignaledEventAttributes.Input.Payloads_[0].Data.ToStringUtf8()}"));
        Assert.Equal((handle.ResultRunId, null, null), (again.ResultRunId, again.FirstExecutionRunId, again.RunId));
    }

    [LabFact]
    public async Task Start_WithADelay_TellsWhenItBegins()
    {
        WorkflowHandle handle = await StartAsync(new(Id, TaskQueue) { StartDelay = TimeSpan.FromHours(2) });

        WorkflowExecutionDescription description = await handle.DescribeAsync();

        Assert.Equal(2, Math.Round((description.ExecutionTime!.Value - description.StartTime).TotalHours, 3));
    }

    [LabFact]
    public async Task Start_WithoutIdOrTaskQueue_IsRefusedBeforeTheServer()
    {
        Assert.Contains("workflow id", (await Assert.ThrowsAsync<ArgumentException>(
            () => StartAsync(new() { TaskQueue = TaskQueue }))).Message, StringComparison.Ordinal);
        Assert.Contains("task queue", (await Assert.ThrowsAsync<ArgumentException>(
            () => StartAsync(new() { Id = Id }))).Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Start_WithASearchAttributeThatIsNotRegistered_IsRefusedByTheServer()
    {
        SearchAttributeCollection attributes =
            new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateKeyword("NotRegistered"), "x").ToSearchAttributeCollection();

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => StartAsync(new(Id, TaskQueue) { TypedSearchAttributes = attributes }));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
    }

    private async Task AddSearchAttributesAsync()
    {
        Temporalio.Api.OperatorService.V1.AddSearchAttributesRequest request = new() { Namespace = "default" };
        request.SearchAttributes[Keyword.Name] = Keyword.ValueType;
        request.SearchAttributes[Due.Name] = Due.ValueType;
        await Client.OperatorService.AddSearchAttributesAsync(request);
    }
}
