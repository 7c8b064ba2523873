using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Confluent;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kubernetes.Health;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Reads the holds on the operator, and the locks whose holder has ended without giving them back.</summary>
internal static class LeftoverReading
{
    private const string Group = "platform.confluent.io";

    public static async Task ReadAsync(IKubernetes client, HealthScope scope, HealthReading reading, DateTimeOffset now)
    {
        await reading.ReadAsync($"*.{Group}", async () =>
        {
            int count = 0;
            foreach (ResourceType type in await ConfluentKinds.ReadAsync(client, ActivityCall.Token))
            {
                await foreach (JsonObject resource in ClusterHealthActivities.InEachAsync(client, type, scope))
                {
                    count++;
                    reading.Add(LeftoverHealth.Check($"{type} {HealthObjects.FullName(resource)}", HoldReading.Of(resource), now));
                }
            }

            return $"resources of {Group}: {count}";
        });
        await reading.ReadAsync("leases", async () =>
        {
            int count = 0;
            await foreach (JsonObject lease in client.StreamAsync(ResourceType.Leases, GuardId.FenceNamespace, null, ActivityCall.Token))
            {
                // The lease keeps the last holder's name for fencing; who holds the lock now, its guard knows.
                if (lease.Annotation(GuardId.GuardAnnotation) is { Length: > 0 } guard && await AskAsync(guard) is { } status)
                {
                    count++;
                    reading.Add(LeftoverHealth.Check(status));
                }
            }

            return $"locks: {count}";
        });
    }

    // Null where there is no such guard: nobody has asked for its lock since its workflow was lost.
    private static async Task<GuardStatus?> AskAsync(string guard)
    {
        try
        {
            return await ActivityExecutionContext.Current.TemporalClient.GetWorkflowHandle(guard).QueryAsync<GuardStatus>(
                ChangeNames.StatusQuery, [], new() { Rpc = new() { CancellationToken = ActivityCall.Token } });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }
}
