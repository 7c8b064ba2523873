using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Temporalio.Tests.Worker;

/// <summary>An activity that no workflow scheduled, as the server sees it.</summary>
internal sealed class StandaloneActivity
{
    private readonly WorkflowService _service;
    private readonly string _id;

    private StandaloneActivity(WorkflowService service, string id)
    {
        _service = service;
        _id = id;
    }

    public static async Task<StandaloneActivity> StartAsync(
        TemporalConnection connection,
        string taskQueue,
        string type,
        IEnumerable<Payload>? input = null,
        Action<StartActivityExecutionRequest>? configure = null)
    {
        StandaloneActivity activity = new(connection.WorkflowService, RealServer.NewId(type));
        StartActivityExecutionRequest request = new()
        {
            Namespace = "default",
            RequestId = Guid.NewGuid().ToString(),
            ActivityId = activity._id,
            ActivityType = new() { Name = type },
            TaskQueue = new() { Name = taskQueue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            RetryPolicy = new() { InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10)) },
            Input = new() { Payloads_ = { input ?? [] } },
        };
        configure?.Invoke(request);
        await connection.WorkflowService.StartActivityExecutionAsync(request);
        return activity;
    }

    public static IEnumerable<Payload> Json(params object?[] values) => DataConverter.Default.PayloadConverter.ToPayloads(values);

    public async Task<T> ResultAsync<T>()
    {
        ActivityExecutionOutcome outcome = await OutcomeAsync();
        Assert.Null(outcome.Failure);
        return await DataConverter.Default.ToSingleValueAsync<T>(outcome.Result.Payloads_);
    }

    public async Task<Failure> FailureAsync()
    {
        ActivityExecutionOutcome outcome = await OutcomeAsync();
        return outcome.Failure ?? throw new InvalidOperationException($"Activity {_id} did not fail: {outcome}");
    }

    public async Task<ActivityExecutionOutcome> OutcomeAsync()
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (true)
        {
            PollActivityExecutionResponse response = await _service.PollActivityExecutionAsync(
                new() { Namespace = "default", ActivityId = _id }, new() { CancellationToken = limit.Token, Timeout = Bounded.Limit });
            if (response.Outcome is { } outcome)
            {
                return outcome;
            }
        }
    }

    public async Task<ActivityExecutionInfo> DescribeAsync() => (await _service.DescribeActivityExecutionAsync(
        new() { Namespace = "default", ActivityId = _id, IncludeHeartbeatDetails = true, IncludeLastFailure = true })).Info;

    public Task RequestCancelAsync() => _service.RequestCancelActivityExecutionAsync(
        new() { Namespace = "default", ActivityId = _id, RequestId = Guid.NewGuid().ToString() });

    public Task TerminateAsync() => _service.TerminateActivityExecutionAsync(
        new() { Namespace = "default", ActivityId = _id, RequestId = Guid.NewGuid().ToString(), Reason = "test" });

    public Task PauseAsync() => _service.PauseActivityExecutionAsync(
        new() { Namespace = "default", ActivityId = _id, RequestId = Guid.NewGuid().ToString(), Identity = "test" });

    public Task UnpauseAsync() => _service.UnpauseActivityExecutionAsync(
        new() { Namespace = "default", ActivityId = _id, RequestId = Guid.NewGuid().ToString(), Identity = "test" });

    public Task ResetAsync() => _service.ResetActivityExecutionAsync(
        new() { Namespace = "default", ActivityId = _id, RequestId = Guid.NewGuid().ToString(), Identity = "test" });
}
