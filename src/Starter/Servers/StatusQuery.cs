using Orchestrator.Starter.Exits;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Servers;

/// <summary>Asks a workflow where it stands.</summary>
internal static class StatusQuery
{
    // A worker answers in milliseconds; where none does, the server would hold the query until its own limit.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>The answer of the query <c>status</c>.</summary>
    /// <exception cref="SopException">No worker answers, or the server is out of reach.</exception>
    /// <exception cref="RpcException">With the code NotFound: there is no such workflow.</exception>
    /// <exception cref="WorkflowQueryFailedException">The workflow has no such query.</exception>
    public static async Task<T> AskAsync<T>(TemporalServer server, string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                rpc => server.Client.GetWorkflowHandle(workflowId).QueryAsync<T>(
                    ChangeNames.StatusQuery, [], new WorkflowQueryOptions { Rpc = rpc }),
                new RpcOptions { Retry = false, Timeout = AnswerWithin },
                cancellationToken);
        }
        catch (Exception e) when (IsUnanswered(e))
        {
            throw new SopException(
                ExitCode.OutOfReach,
                $"No worker answered for '{workflowId}' within {AnswerWithin.TotalSeconds:0} s; "
                + "it continues as soon as an orchestrator-worker runs.",
                e);
        }
    }

    // The server holds a query until a worker takes it; so a query that runs out of time has found the server and no worker.
    private static bool IsUnanswered(Exception e) => (e is SopException ? e.InnerException : e) switch
    {
        RpcTimeoutOrCanceledException => true,
        RpcException rpc =>
            rpc.Code is RpcException.StatusCode.DeadlineExceeded
                or RpcException.StatusCode.Cancelled
                or RpcException.StatusCode.FailedPrecondition,
        _ => false,
    };
}
