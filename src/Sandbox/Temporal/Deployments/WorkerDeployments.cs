using System.Security.Cryptography;
using System.Text;
using Orchestrator.Sandbox.Temporal.Queues;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Deployments;

/// <summary>The worker deployments of a namespace; one is known from the first poll of a worker that is part of it.</summary>
internal sealed class WorkerDeployments(ServerState state)
{
    /// <summary>All by name.</summary>
    public SortedDictionary<string, WorkerDeployment> All { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes note of who polls a queue.</summary>
    public void Note(Poller poller, string queue, TaskQueueType type)
    {
        if (poller.Build is not { } build)
        {
            return;
        }

        if (!All.TryGetValue(build.Deployment, out WorkerDeployment? deployment))
        {
            All[build.Deployment] = deployment = new(build.Deployment, state.Time.Now);
        }

        if (!deployment.Builds.TryGetValue(build.BuildId, out KnownBuild? known))
        {
            deployment.Builds[build.BuildId] = known = new(build, state.Time.Now);
            deployment.Changed("");
        }

        known.Queues.Add((queue, type));
    }

    /// <summary>The build that a task goes to which is bound to none; null for the workers without a version.</summary>
    /// <param name="queue">The task's queue.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="workflowId">Of a ramp the same workflows are always in the share.</param>
    public WorkerBuild? Route(string queue, TaskQueueType type, string workflowId)
    {
        WorkerDeployment? deployment = All.Values.Where(one => one.Serves(queue, type))
            .MaxBy(one => one.RampingChanged > one.CurrentChanged ? one.RampingChanged : one.CurrentChanged ?? one.RampingChanged);
        return deployment is null ? null
            : deployment.IsRamping && Share(workflowId) < deployment.RampPercentage ? deployment.Ramping : deployment.Current;
    }

    /// <summary>Whether a build's workers poll a queue.</summary>
    public bool Polls(WorkerBuild build, string queue, TaskQueueType type) =>
        All.TryGetValue(build.Deployment, out WorkerDeployment? deployment) && deployment.Polls(build, queue, type);

    // From 0 to 100, the same for a workflow at any time.
    private static double Share(string workflowId) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(workflowId))) / (uint.MaxValue + 1.0) * 100;
}
