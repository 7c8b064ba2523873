using Orchestrator.Starter.Exits;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Servers;

/// <summary>Reads what a run's activity last said of itself; the server keeps it, so no worker needs to answer.</summary>
internal static class HeartbeatReader
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The details of the last heartbeat of the run's one pending activity; null where there is none, or it cannot be read.
    /// </summary>
    /// <typeparam name="T">What the activity tells.</typeparam>
    public static async Task<T?> TryReadAsync<T>(TemporalServer server, string workflowId, CancellationToken cancellationToken)
        where T : class
    {
        DescribeWorkflowExecutionRequest request = new()
        {
            Namespace = server.Client.Options.Namespace,
            Execution = new() { WorkflowId = workflowId },
        };
        try
        {
            DescribeWorkflowExecutionResponse response = await server.CallAsync(
                rpc => server.Client.WorkflowService.DescribeWorkflowExecutionAsync(request, rpc),
                new RpcOptions { Timeout = AnswerWithin },
                cancellationToken);
            return response.PendingActivities is [{ HeartbeatDetails.Payloads_: [var details] }]
                ? await server.Client.Options.DataConverter.ToValueAsync<T>(details)
                : null;
        }
        catch (Exception e) when (e is SopException or RpcException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
