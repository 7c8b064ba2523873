using Orchestrator.Lab.Servers;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>Commands that are beyond a limit of the server.</summary>
public abstract class CommandLimitContract(Func<Task<ITemporalClient>> connect) : RawWorkerContract(connect)
{
    private const int TooLarge = (2 << 20) + 1;
    private const int Pending = 2000;

    // The long name itself is X here.
    private static readonly (Command Command, string Refusal)[] LongNames = [.. Named(new string('x', 1001)).Zip(
    [
        "BadScheduleActivityAttributes: activityId exceeds length limit. Length=1001 Limit=1000",
        "BadScheduleActivityAttributes: activityType exceeds length limit. Length=1001 Limit=1000",
        "BadScheduleActivityAttributes: taskQueue length exceeds limit",
        "BadStartTimerAttributes: TimerId on StartTimerCommand exceeds length limit. TimerId=X Length=1001 Limit=1000",
        "BadRecordMarkerAttributes: MarkerName on RecordMarkerCommand exceeds length limit. MarkerName=X Length=1001 Limit=1000",
        "BadStartChildExecutionAttributes: WorkflowId on StartChildWorkflowExecutionCommand exceeds length limit. " +
            "WorkflowId=X Length=1001 Limit=1000 WorkflowType=Nothing Namespace=default",
        "BadSignalWorkflowExecutionAttributes: WorkflowId on SignalExternalWorkflowExecutionCommand exceeds length limit. " +
            "WorkflowId=X Length=1001 Limit=1000 Namespace= RunId= SignalName=go",
        "BadRequestCancelExternalWorkflowExecutionAttributes: WorkflowId on RequestCancelExternalWorkflowExecutionCommand " +
            "exceeds length limit. WorkflowId=X Length=1001 Limit=1000 RunId= Namespace=",
        "BadContinueAsNewAttributes: WorkflowType on ContinueAsNewWorkflowExecutionCommand exceeds length limit. " +
            "WorkflowType=X Length=1001 Limit=1000",
    ])];

    private static readonly (Command Command, string Reason)[] LargePayloads =
    [
        (Activity(activity => activity.Input = Blobs(TooLarge)),
            "BadScheduleActivityAttributes: ScheduleActivityTaskCommandAttributes.Input exceeds size limit."),
        (new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes =
            new() { Result = Blobs(TooLarge) } },
            "BadScheduleActivityAttributes: CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit."),
        (new() { CommandType = CommandType.FailWorkflowExecution, FailWorkflowExecutionCommandAttributes =
            new() { Failure = new() { Message = new('x', TooLarge), ApplicationFailureInfo = new() } } },
            "BadFailWorkflowExecutionAttributes: FailWorkflowExecutionCommandAttributes.Failure exceeds size limit."),
        (Marker("m", TooLarge), "BadRecordMarkerAttributes: RecordMarkerCommandAttributes.Details exceeds size limit."),
        (Child(child => child.Input = Blobs(TooLarge)),
            "BadStartChildExecutionAttributes: StartChildWorkflowExecutionCommandAttributes. Input exceeds size limit."),
        (Child(child => child.Memo = new() { Fields = { ["a"] = Blob(TooLarge) } }),
            "BadStartChildExecutionAttributes: StartChildWorkflowExecutionCommandAttributes.Memo exceeds size limit."),
        (Signal("nobody", TooLarge),
            "BadSignalWorkflowExecutionAttributes: SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit."),
        (GoOn(next => next.Input = Blobs(TooLarge)),
            "BadContinueAsNewAttributes: ContinueAsNewWorkflowExecutionCommandAttributes. Input exceeds size limit."),
        (GoOn(next => next.Memo = new() { Fields = { ["a"] = Blob(TooLarge) } }),
            "BadContinueAsNewAttributes: ContinueAsNewWorkflowExecutionCommandAttributes. Memo exceeds size limit."),
        (Memo(TooLarge), "BadModifyWorkflowPropertiesAttributes: ModifyWorkflowPropertiesCommandAttributes exceeds size limit."),
    ];

    private static readonly (Func<int, Command> Command, string Refusal)[] TooMany =
    [
        (number => Activity(activity => activity.ActivityId = $"a{number}"),
            "PendingActivitiesLimitExceeded: the number of pending activities, 2000, has reached the per-workflow limit of 2000"),
        (_ => Child(), "PendingChildWorkflowsLimitExceeded: the number of pending child workflow executions, 2000, "
            + "has reached the per-workflow limit of 2000"),
        (_ => Signal("nobody"), "PendingSignalsLimitExceeded: the number of pending signals to external workflows, 2000, "
            + "has reached the per-workflow limit of 2000"),
        (_ => Cancel("nobody"), "PendingRequestCancelLimitExceeded: the number of pending requests to cancel external workflows, 2000, "
            + "has reached the per-workflow limit of 2000"),
    ];

    protected async Task NameThatIsTooLongFailsTheTaskAsync()
    {
        ITemporalClient client = await ConnectAsync();
        foreach ((Command command, string expected) in LongNames)
        {
            AssertTaskFailed(expected, await CommandAsync(client, command));
        }

        foreach (Command command in Named(new('x', 1000)))
        {
            Assert.Equal("", (await CommandAsync(client, command)).Refusal);
        }
    }

    protected async Task PayloadThatIsTooLargeTerminatesTheRunAsync()
    {
        ITemporalClient client = await ConnectAsync();
        foreach ((Command command, string expected) in LargePayloads)
        {
            AssertTerminated(expected, await CommandAsync(client, Timer("before"), command));
        }
    }

    protected async Task MemoThatGrowsTooLargeTerminatesTheRunAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        Assert.Equal("", await AnswerAsync(client, await TakeAsync(client, id), [Memo(1_200_000, "one")], goesOn: true));
        string refusal = await AnswerAsync(client, await TakeAsync(client, id), [Memo(1_200_000, "two")]);
        AssertTerminated(
            "BadModifyWorkflowPropertiesAttributes: ModifyWorkflowPropertiesCommandAttributes. Memo exceeds size limit.",
            (refusal, [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events.Skip(7)]));
    }

    protected async Task PendingOfAKindAreLimitedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        foreach ((Func<int, Command> command, string expected) in TooMany)
        {
            AssertTaskFailed(expected, await CommandAsync(client, [.. Enumerable.Range(0, Pending + 1).Select(command)]));
        }

        (string refusal, IReadOnlyList<HistoryEvent> events) = await CommandAsync(
            client, [.. Enumerable.Range(0, Pending).Select(TooMany[0].Command)]);
        Assert.Equal(("", Pending), (refusal, events.Count(made => made.EventType == EventType.ActivityTaskScheduled)));
    }

    protected async Task AttributesThatAreWrongFailTheTaskAsync()
    {
        ITemporalClient client = await ConnectAsync();
        SearchAttributes unknown = new() { IndexedFields = { ["Nonsense"] = Blob(1) } };
        const string Unknown = "BadSearchAttributes: Namespace default has no mapping defined for search attribute Nonsense";
        AssertTaskFailed(Unknown, await CommandAsync(client, Upsert(unknown)));
        AssertTaskFailed(Unknown, await CommandAsync(client, Child(child => child.SearchAttributes = unknown)));
        AssertTaskFailed(Unknown, await CommandAsync(client, GoOn(next => next.SearchAttributes = unknown)));
        AssertTaskFailed(
            "BadSearchAttributes: IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.",
            await CommandAsync(client, Upsert(new())));
        AssertTaskFailed(
            "BadModifyWorkflowPropertiesAttributes: UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.",
            await CommandAsync(client, new Command { CommandType = CommandType.ModifyWorkflowProperties,
                ModifyWorkflowPropertiesCommandAttributes = new() }));
    }

    protected async Task AttributeThatIsTooLargeTerminatesTheRunAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string name = $"Large{Id}";
        await client.OperatorService.AddSearchAttributesAsync(
            new() { Namespace = "default", SearchAttributes = { [name] = IndexedValueType.Text } });
        SearchAttributes large = new() { IndexedFields = { [name] = Json($"\"{new string('x', 2047)}\"") } };
        string sentence = $"search attribute {name} value size 2049 exceeds size limit 2048";
        await UntilAsync(async () =>
            await RefusalAsync(() => client.WorkflowService.StartWorkflowExecutionAsync(
                Request(request => request.SearchAttributes = large), Once)) == $"InvalidArgument: {sentence}");
        AssertTerminated($"BadSearchAttributes: {sentence}", await CommandAsync(client, Upsert(large)));
        AssertTerminated(
            $"BadStartChildExecutionAttributes: {sentence}", await CommandAsync(client, Child(child => child.SearchAttributes = large)));
        AssertTerminated(
            $"BadContinueAsNewAttributes: {sentence}", await CommandAsync(client, GoOn(next => next.SearchAttributes = large)));
    }

    private static void AssertTaskFailed(string expected, (string Refusal, IReadOnlyList<HistoryEvent> Events) seen)
    {
        string name = new('x', 1001);
        Assert.Equal($"InvalidArgument: {expected}", seen.Refusal.Replace(name, "X", StringComparison.Ordinal));

        // A real server shows the next try as well, which is not in the history yet.
        Assert.Equal("WorkflowTaskFailed", Types(seen.Events.Where(made => made.EventType != EventType.WorkflowTaskScheduled)));
        AssertFailure(expected, seen.Events[0].WorkflowTaskFailedEventAttributes);
    }

    private static void AssertTerminated(string expected, (string Refusal, IReadOnlyList<HistoryEvent> Events) seen)
    {
        Assert.Equal($"InvalidArgument: {expected}", seen.Refusal);
        Assert.Equal("WorkflowTaskFailed WorkflowExecutionTerminated", Types(seen.Events));
        AssertFailure(expected, seen.Events[0].WorkflowTaskFailedEventAttributes);
        WorkflowExecutionTerminatedEventAttributes end = seen.Events[1].WorkflowExecutionTerminatedEventAttributes;
        Assert.Equal((expected, "history-service"), (end.Reason, end.Identity));
    }

    private static void AssertFailure(string expected, WorkflowTaskFailedEventAttributes failed)
    {
        string name = new('x', 1001);
        Assert.Equal(expected, failed.Failure.Message.Replace(name, "X", StringComparison.Ordinal));
        Assert.Equal(("", false, "test"), (failed.Failure.Source, failed.Failure.ServerFailureInfo.NonRetryable, failed.Identity));
        Assert.Equal(expected.Split(':')[0], $"{failed.Cause}");
    }

    private static IEnumerable<Command> Named(string name) =>
    [
        Activity(activity => activity.ActivityId = name),
        Activity(activity => activity.ActivityType.Name = name),
        Activity(activity => activity.TaskQueue.Name = name),
        Timer(name),
        Marker(name, 1),
        Child(child => child.WorkflowId = name),
        Signal(name),
        Cancel(name),
        GoOn(next => next.WorkflowType.Name = name),
    ];

    private static Command Upsert(SearchAttributes attributes) => new()
    {
        CommandType = CommandType.UpsertWorkflowSearchAttributes,
        UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = attributes },
    };

    private static Command Memo(int bytes, string key = "a") => new()
    {
        CommandType = CommandType.ModifyWorkflowProperties,
        ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = new() { Fields = { [key] = Blob(bytes) } } },
    };

    private static Payload Json(string text) => new()
    {
        Data = Google.Protobuf.ByteString.CopyFromUtf8(text),
        Metadata = { ["encoding"] = Google.Protobuf.ByteString.CopyFromUtf8("json/plain") },
    };
}

/// <summary>Commands beyond a limit, on the server in the box.</summary>
public sealed class BoxCommandLimitTests(BoxServer server) : CommandLimitContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task Name_ThatIsTooLong_FailsTheTask() => NameThatIsTooLongFailsTheTaskAsync();

    [Fact]
    public Task Payload_ThatIsTooLarge_TerminatesTheRun() => PayloadThatIsTooLargeTerminatesTheRunAsync();

    [Fact]
    public Task Memo_ThatGrowsTooLarge_TerminatesTheRun() => MemoThatGrowsTooLargeTerminatesTheRunAsync();

    [Fact]
    public Task Pending_OfAKind_AreLimited() => PendingOfAKindAreLimitedAsync();

    [Fact]
    public Task Attributes_ThatAreWrong_FailTheTask() => AttributesThatAreWrongFailTheTaskAsync();

    [Fact]
    public Task Attribute_ThatIsTooLarge_TerminatesTheRun() => AttributeThatIsTooLargeTerminatesTheRunAsync();
}

/// <summary>Commands beyond a limit, on a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealCommandLimitTests(RealServer server) : CommandLimitContract(server.ConnectAsync)
{
    [LabFact]
    public Task Name_ThatIsTooLong_FailsTheTask() => NameThatIsTooLongFailsTheTaskAsync();

    [LabFact]
    public Task Payload_ThatIsTooLarge_TerminatesTheRun() => PayloadThatIsTooLargeTerminatesTheRunAsync();

    [LabFact]
    public Task Memo_ThatGrowsTooLarge_TerminatesTheRun() => MemoThatGrowsTooLargeTerminatesTheRunAsync();

    [LabFact]
    public Task Pending_OfAKind_AreLimited() => PendingOfAKindAreLimitedAsync();

    [LabFact]
    public Task Attributes_ThatAreWrong_FailTheTask() => AttributesThatAreWrongFailTheTaskAsync();

    [LabFact]
    public Task Attribute_ThatIsTooLarge_TerminatesTheRun() => AttributeThatIsTooLargeTerminatesTheRunAsync();
}
