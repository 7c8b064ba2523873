using Google.Protobuf.WellKnownTypes;
using Orchestrator.Workflows.Kafka.Rolls;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Servers;

/// <summary>What the server keeps of a run: nothing here needs a worker.</summary>
/// <param name="Description">Its description.</param>
/// <param name="Pending">What it waits for.</param>
/// <param name="Newest">Its newest events, the newest first.</param>
internal sealed record RunRecord(
    WorkflowExecutionDescription Description, DescribeWorkflowExecutionResponse Pending, IReadOnlyList<HistoryEvent> Newest)
{
    // Between two acts of a run lie fewer.
    private const int MostEvents = 60;

    /// <summary>When something last happened.</summary>
    public DateTimeOffset AsOf => Newest is [{ EventTime: { } at }, ..] ? at.ToDateTimeOffset() : new(Description.StartTime, TimeSpan.Zero);

    /// <summary>The workflows that it waits for.</summary>
    public IEnumerable<string> Children => Pending.PendingChildren.Select(child => child.WorkflowId);

    /// <summary>Reads it.</summary>
    /// <exception cref="Exits.SopException">The server is out of reach.</exception>
    /// <exception cref="RpcException">With the code NotFound: there is no such run.</exception>
    public static async Task<RunRecord> ReadAsync(TemporalServer server, string workflowId, CancellationToken cancellationToken)
    {
        WorkflowExecutionDescription description = await server.CallAsync(
            rpc => server.Client.GetWorkflowHandle(workflowId).DescribeAsync(new WorkflowDescribeOptions { Rpc = rpc }),
            new RpcOptions(),
            cancellationToken);
        Temporalio.Api.Common.V1.WorkflowExecution run = new() { WorkflowId = workflowId, RunId = description.RunId };
        DescribeWorkflowExecutionRequest ask = new() { Namespace = server.Client.Options.Namespace, Execution = run };
        DescribeWorkflowExecutionResponse pending = await server.CallAsync(
            rpc => server.Client.WorkflowService.DescribeWorkflowExecutionAsync(ask, rpc), new RpcOptions(), cancellationToken);
        GetWorkflowExecutionHistoryReverseRequest newest = new()
        {
            Namespace = server.Client.Options.Namespace,
            Execution = run,
            MaximumPageSize = MostEvents,
        };
        GetWorkflowExecutionHistoryReverseResponse history = await server.CallAsync(
            rpc => server.Client.WorkflowService.GetWorkflowExecutionHistoryReverseAsync(newest, rpc), new RpcOptions(), cancellationToken);
        return new(description, pending, history.History.Events);
    }

    /// <summary>What it was at: the line of the newest activity, timer or child that has one.</summary>
    public async Task<string?> StepAsync()
    {
        foreach (HistoryEvent each in Newest)
        {
            if (each.UserMetadata?.Summary is { } summary)
            {
                return await TextAsync(summary);
            }
        }

        return null;
    }

    /// <summary>The activities that have not ended.</summary>
    public async Task<IReadOnlyList<PendingWork>> PendingAsync()
    {
        List<PendingWork> pending = [];
        foreach (PendingActivityInfo activity in Pending.PendingActivities)
        {
            Payload? summary = Newest
                .FirstOrDefault(each => each.ActivityTaskScheduledEventAttributes?.ActivityId == activity.ActivityId)
                ?.UserMetadata?.Summary;
            pending.Add(new PendingWork(
                activity.ActivityType.Name,
                summary is null ? null : await TextAsync(summary),
                At(activity.LastStartedTime) ?? At(activity.ScheduledTime),
                activity.Attempt,
                At(activity.LastHeartbeatTime),
                activity.HeartbeatDetails?.Payloads_ is [var details] ? await SaysAsync(details) : null,
                activity.LastFailure?.Message));
        }

        return pending;
    }

    private static DateTimeOffset? At(Timestamp? moment) => moment is { Seconds: > 0 } ? moment.ToDateTimeOffset() : null;

    private static Task<string> TextAsync(Payload payload) => DataConverter.Default.ToValueAsync<string>(payload);

    private static async Task<string?> SaysAsync(Payload details)
    {
        try
        {
            return (await DataConverter.Default.ToValueAsync<RollProgress>(details)).Sentence;
        }
        catch (System.Text.Json.JsonException)
        {
            // Another activity's, which says what it is at in another shape.
            return null;
        }
    }
}
