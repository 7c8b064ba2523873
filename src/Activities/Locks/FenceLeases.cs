using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>The fencing tokens on a cluster: one Lease for each guard, whose annotation only ever rises.</summary>
internal static class FenceLeases
{
    /// <summary>Writes a token that is greater than all before.</summary>
    /// <returns>The token.</returns>
    /// <exception cref="ApiException">A call failed; a conflict means that somebody else wrote meanwhile.</exception>
    public static async Task<long> RaiseAsync(IKubernetes client, RaiseFenceInput input, CancellationToken cancellationToken)
    {
        string name = GuardId.LeaseName(input.Guard);
        JsonObject? lease = await client.FindAsync(ResourceType.Leases, GuardId.FenceNamespace, name, cancellationToken);
        long epoch = Math.Max(input.Above, lease is null ? 0 : EpochOf(lease)) + 1;
        JsonObject wanted = Lease(name, input, epoch, lease?.ResourceVersion());
        if (lease is null)
        {
            await CreateAsync(client, wanted, cancellationToken);
        }
        else
        {
            // With the resource version that was read: of two writers one gets a conflict.
            await client.ReplaceAsync(ResourceType.Leases, GuardId.FenceNamespace, name, wanted, null, cancellationToken);
        }

        return epoch;
    }

    /// <summary>Makes sure that no token on the cluster is newer than those of a change.</summary>
    /// <exception cref="ApplicationFailureException">One is: the change touches nothing more.</exception>
    public static async Task RequireAsync(IKubernetes client, IReadOnlyList<Fence> fences, CancellationToken cancellationToken)
    {
        foreach (Fence fence in fences)
        {
            JsonObject? lease = await client.FindAsync(ResourceType.Leases, GuardId.FenceNamespace, GuardId.LeaseName(fence.Guard), cancellationToken);
            if (lease is not null && EpochOf(lease) is var epoch && epoch > fence.Epoch)
            {
                string? holder = (string?)lease["spec"]?["holderIdentity"];
                throw new ApplicationFailureException(
                    $"The lock {fence.Guard} has the token {epoch}{(holder is null ? "" : $" ({holder})")}, this change has {fence.Epoch}: it touches nothing more.",
                    errorType: ReasonCodes.Fenced,
                    nonRetryable: true);
            }
        }
    }

    private static long EpochOf(JsonObject lease) =>
        long.TryParse((string?)lease["metadata"]?["annotations"]?[GuardId.EpochAnnotation], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            ? epoch
            : throw new ApplicationFailureException(
                $"Lease {GuardId.FenceNamespace}/{lease["metadata"]?["name"]} has no number in its annotation {GuardId.EpochAnnotation}; it is written by nobody but the locks.",
                errorType: FailureTypes.KubernetesRefused,
                nonRetryable: true);

    private static JsonObject Lease(string name, RaiseFenceInput input, long epoch, string? resourceVersion)
    {
        JsonObject metadata = new()
        {
            ["name"] = name,
            ["namespace"] = GuardId.FenceNamespace,
            ["annotations"] = new JsonObject { [GuardId.EpochAnnotation] = $"{epoch}", ["orchestrator.internal/guard"] = input.Guard },
        };
        if (resourceVersion is not null)
        {
            metadata["resourceVersion"] = resourceVersion;
        }

        return new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["holderIdentity"] = input.HolderIdentity },
        };
    }

    private static async Task CreateAsync(IKubernetes client, JsonObject lease, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(ResourceType.Leases, GuardId.FenceNamespace, lease, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // The namespace is missing: an administrator makes it once, or the worker where it may.
            await CreateNamespaceAsync(client, cancellationToken);
            await client.CreateAsync(ResourceType.Leases, GuardId.FenceNamespace, lease, cancellationToken);
        }
    }

    private static async Task CreateNamespaceAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        JsonObject @namespace = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = GuardId.FenceNamespace },
        };
        try
        {
            await client.CreateAsync(ResourceType.Namespaces, null, @namespace, cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            // Another worker made it.
        }
    }
}
