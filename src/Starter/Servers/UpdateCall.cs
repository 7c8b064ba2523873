using Orchestrator.Starter.Exits;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Servers;

/// <summary>A person's word to a workflow that runs, and its answer.</summary>
internal static class UpdateCall
{
    // An update waits for a worker; a validator answers in milliseconds.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>Sends an update and waits for its answer.</summary>
    /// <param name="server">The server.</param>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="update">The update's name.</param>
    /// <param name="argument">Its one argument.</param>
    /// <param name="updateId">Makes two sends one; null for one that may be sent again.</param>
    /// <param name="cancellationToken">Ends the wait; the update may count nevertheless.</param>
    /// <exception cref="SopException">It is refused, or no worker takes it.</exception>
    /// <exception cref="RpcException">With the code NotFound: the workflow has ended or never was.</exception>
    public static async Task<T> SendAsync<T>(
        TemporalServer server, string workflowId, string update, object argument, string? updateId, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                rpc => server.Client.GetWorkflowHandle(workflowId).ExecuteUpdateAsync<T>(
                    update, [argument], new WorkflowUpdateOptions { Id = updateId, Rpc = rpc }),
                new RpcOptions { Timeout = AnswerWithin },
                cancellationToken);
        }
        catch (WorkflowUpdateFailedException e) when (e.InnerException is ApplicationFailureException refusal)
        {
            throw new SopException(ExitCode.Blocked, $"{refusal.ErrorType}: {refusal.Message}", e);
        }
        catch (WorkflowUpdateRpcTimeoutOrCanceledException e)
        {
            throw new SopException(
                ExitCode.OutOfReach,
                $"No worker accepted '{update}' for '{workflowId}' within {AnswerWithin.TotalSeconds:0} s; "
                + "it may still take effect: check the status before you send it again.",
                e);
        }
    }
}
