using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Commands;

/// <summary>Starts a procedure's workflow.</summary>
internal static class ProcedureStart
{
    /// <summary>Starts it, once for each change: where it already runs or has run, that run is meant.</summary>
    /// <returns>False where it has run before, to its end.</returns>
    /// <exception cref="SopException">The server does not take it.</exception>
    public static async Task<bool> StartAsync(TemporalServer server, ProcedureRequest request, CancellationToken cancellationToken)
    {
        string verb = request.Request.Mode == ChangeMode.Plan ? "Plan" : "Run";
        WorkflowOptions options = new(request.WorkflowId, ChangeNames.TaskQueue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
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
            return false;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            throw new SopException(ExitCode.Usage, $"{server.Name} does not take the start: {e.Message}", e);
        }
    }
}
