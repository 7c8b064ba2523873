using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <summary>Temporal's WorkflowService. A method's name is that of the call; calls without a method answer UNIMPLEMENTED.</summary>
internal sealed partial class WorkflowService(ServerState state)
{
    // The server's own limits of a wait: a poll's, and that of a read or an update.
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private TemporalNamespace Space(string name) => name.Length == 0
        ? throw RpcErrors.InvalidArgument("Namespace not set on request.")
        : state.Namespaces.GetValueOrDefault(name) ?? throw NamespaceErrors.NotFound(name);

    private static void Require(string? fault)
    {
        if (fault is not null)
        {
            throw RpcErrors.InvalidArgument(fault);
        }
    }

    // Whoever did something to a run that was ended for its size is told.
    private static void RequireWithinLimits(WorkflowRun run) => Require(run.BrokenLimit.Length > 0 ? run.BrokenLimit : null);

    // The run of a task token, whose namespace the caller may have left out.
    private WorkflowRun RunOf(TaskToken token, string space) => space.Length > 0
        ? Space(space).Get(token)
        : state.Namespaces.Values.Select(known => known.Find("", token.RunId)).FirstOrDefault(run => run is not null)
            ?? throw RpcErrors.NotFound("workflow execution not found");

    private static Poller PollerOf(string identity, ServerCallContext call, WorkerVersionCapabilities? version = null,
        WorkerDeploymentOptions? deployment = null) => new(identity, ConnectionOf(call), version, deployment);

    // A sticky queue belongs to the ordinary one that it names.
    private static string Normal(Temporalio.Api.TaskQueue.V1.TaskQueue queue) =>
        queue.NormalName.Length > 0 ? queue.NormalName : queue.Name;

    private static string ConnectionOf(ServerCallContext call) => BoxConnection.IdOf(call.GetHttpContext());

    // As long as the caller waits, less a moment to answer in; at most what the server allows.
    private static TimeSpan Patience(ServerCallContext call, TimeSpan most)
    {
        if (call.Deadline == DateTime.MaxValue)
        {
            return most;
        }

        TimeSpan left = call.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromMilliseconds(200);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < most ? left : most;
    }
}
