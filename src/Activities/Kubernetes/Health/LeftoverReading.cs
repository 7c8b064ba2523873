using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Confluent;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kubernetes.Health;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Reads the holds on the operator, and the leases of locks whose run does not run.</summary>
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

            return $"{count} resources of {Group}";
        });
        await reading.ReadAsync("leases", async () =>
        {
            int count = 0;
            await foreach (JsonObject lease in client.StreamAsync(ResourceType.Leases, GuardId.FenceNamespace, null, ActivityCall.Token))
            {
                if (lease.Annotation(GuardId.WorkflowAnnotation) is not { Length: > 0 } holder)
                {
                    continue;
                }

                count++;
                if (!await IsRunningAsync(holder))
                {
                    reading.Add(LeftoverHealth.Lock(HealthObjects.FullName(lease), holder));
                }
            }

            return $"{count} locks";
        });
    }

    private static async Task<bool> IsRunningAsync(string workflowId)
    {
        try
        {
            WorkflowExecutionDescription run = await ActivityExecutionContext.Current.TemporalClient.GetWorkflowHandle(workflowId)
                .DescribeAsync(new() { Rpc = new() { CancellationToken = ActivityCall.Token } });
            return run.Status == WorkflowExecutionStatus.Running;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
