using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary>Starts a procedure's workflow.</summary>
internal static class ProcedureStart
{
    /// <summary>Starts it, once for each change: where it already runs or has run with the same input, that run is meant.</summary>
    /// <returns>False where it has run before, to its end.</returns>
    /// <exception cref="SopException">The server does not take it, or it was asked for before with other input.</exception>
    public static async Task<bool> StartAsync(TemporalServer server, ProcedureRequest request, CancellationToken cancellationToken)
    {
        string verb = request.Request.Mode == ChangeMode.Plan ? "Plan" : "Run";
        WorkflowOptions options = new(request.WorkflowId, ChangeNames.TaskQueue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.Fail,
            IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
            StaticSummary = $"{verb} {request.Procedure.Name} on {request.Target} for {request.Request.Actor}",
            StaticDetails = request.Request.Reason,
        };
        try
        {
            await server.CallAsync(
                rpc =>
                {
                    options.Rpc = rpc;
                    return server.Client.StartWorkflowAsync(request.Procedure.WorkflowType, [request.Input], options);
                },
                new RpcOptions(),
                cancellationToken);
            return true;
        }
        catch (WorkflowAlreadyStartedException)
        {
            await RequireSameInputAsync(server, request, cancellationToken);
            WorkflowExecutionDescription known = await server.CallAsync(
                rpc => server.Client.GetWorkflowHandle(request.WorkflowId).DescribeAsync(new WorkflowDescribeOptions { Rpc = rpc }),
                new RpcOptions(),
                cancellationToken);
            return known.Status == WorkflowExecutionStatus.Running;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            throw new SopException(ExitCode.Usage, $"{server.Name} refused to start it: {e.Message}", e);
        }
    }

    // The same key with other input would let somebody believe that the other thing is done.
    private static async Task RequireSameInputAsync(TemporalServer server, ProcedureRequest request, CancellationToken cancellationToken)
    {
        GetWorkflowExecutionHistoryRequest first = new()
        {
            Namespace = server.Client.Options.Namespace,
            Execution = new() { WorkflowId = request.WorkflowId },
            MaximumPageSize = 1,
        };
        GetWorkflowExecutionHistoryResponse history = await server.CallAsync(
            rpc => server.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(first, rpc), new RpcOptions(), cancellationToken);
        JsonObject? earlier = history.History.Events is [{ WorkflowExecutionStartedEventAttributes.Input.Payloads_: [var input] }, ..]
            ? TryRead(input.Data.ToStringUtf8())
            : null;
        IReadOnlyList<string> differences = earlier is null
            ? ["Its earlier input cannot be read."]
            : InputDifferences.Between(earlier, JsonSerializer.SerializeToNode(request.Input, request.Procedure.InputType)!.AsObject());
        if (differences.Count > 0)
        {
            throw new SopException(
                ExitCode.Usage,
                [
                    $"{request.ChangeId} was requested before with the same --request-id but other input; nothing was started. "
                    + "For another change, use another --request-id.",
                    .. differences,
                ]);
        }
    }

    private static JsonObject? TryRead(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
