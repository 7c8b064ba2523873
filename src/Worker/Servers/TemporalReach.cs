using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Orchestrator.Worker.Hosting;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Worker.Servers;

/// <summary>Asks whether Temporal answers; logs once when it no longer does, and once when it does again. Thread-safe.</summary>
internal sealed partial class TemporalReach(ITemporalClient client, TimeProvider clock, ILogger<TemporalReach> logger)
{
    private int _away;

    /// <summary>As <c>host:port</c>.</summary>
    public string Server => client.Connection.Options.TargetHost!;

    /// <summary>Asks for the namespace; connects first where no attempt has succeeded yet.</summary>
    /// <returns>Null where it answered, else a sentence.</returns>
    /// <exception cref="WorkerSetupException">It answered that this worker cannot work there, whoever waits.</exception>
    public async Task<string?> AskAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            // The wait has a limit of its own: the SDK takes none, and no cancellation, for a connection.
            await DescribeNamespaceAsync(within, cancellationToken).WaitAsync(within, clock, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not WorkerSetupException)
        {
            if (Interlocked.Exchange(ref _away, 1) == 0)
            {
                LogAway(Server, Reason(e));
            }

            return $"Temporal at {Server} does not answer";
        }

        if (Interlocked.Exchange(ref _away, 0) == 1)
        {
            LogBack(Server);
        }

        return null;
    }

    private async Task DescribeNamespaceAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        string name = client.Options.Namespace;
        try
        {
            await client.WorkflowService.DescribeNamespaceAsync(
                new DescribeNamespaceRequest { Namespace = name },
                new RpcOptions { Timeout = within, CancellationToken = cancellationToken });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            throw new WorkerSetupException(
                $"Temporal at {Server} has no namespace '{name}': set another with TEMPORAL_NAMESPACE, or create it "
                + $"with 'temporal operator namespace create --namespace {name}'.",
                e);
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unauthenticated)
        {
            throw new WorkerSetupException(
                $"Temporal at {Server} denies access to namespace '{name}': {e.Message.TrimEnd('.')}. "
                + "Check TEMPORAL_API_KEY, or the certificate of the profile.",
                e);
        }
    }

    // The SDK hands on what its Rust core prints of nested errors: the innermost text is what people know ("Connection refused").
    private static string Reason(Exception fault) => fault switch
    {
        TimeoutException => "no answer in time",
        _ => Quoted().Matches(fault.Message) is [.., Match innermost] ? innermost.Groups[1].Value : fault.Message.TrimEnd('.'),
    };

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
