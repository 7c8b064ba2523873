using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>
/// The fencing tokens on a cluster: one Lease for each guard, whose annotation only ever rises, with the run that holds the lock alone.
/// </summary>
internal static class FenceLeases
{
    /// <summary>Writes a token that is greater than all before, on each of the clusters.</summary>
    /// <param name="clients">The clusters.</param>
    /// <param name="input">Where, for whom, and above which token.</param>
    /// <param name="installation">The name of this installation; null: it has none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ApplicationFailureException">
    /// A cluster is another one than the change means, or another installation's; nothing was written anywhere.
    /// </exception>
    /// <exception cref="ApiException">A call failed; a conflict means that somebody else wrote meanwhile.</exception>
    public static async Task<long> RaiseAsync(
        KubernetesClients clients, RaiseFenceInput input, string? installation, CancellationToken cancellationToken)
    {
        string name = GuardId.LeaseName(input.Guard);
        List<(IKubernetes Client, JsonObject? Lease)> places = [];
        foreach (LockPlace place in input.Places)
        {
            (Cluster cluster, IKubernetes client) = clients.Of(place.Target);
            await ClusterIdentity.RequireAsync(cluster, client, place.ClusterUid, cancellationToken);
            JsonObject? lease = await client.FindAsync(ResourceType.Leases, GuardId.FenceNamespace, name, cancellationToken);
            RequireOwn(lease, input.Guard, cluster, installation);
            places.Add((client, lease));
        }

        long epoch = places.Select(place => place.Lease is null ? 0 : EpochOf(place.Lease)).Append(input.Above).Max() + 1;
        foreach ((IKubernetes client, JsonObject? lease) in places)
        {
            JsonObject wanted = Lease(name, input, installation, epoch, lease?.ResourceVersion());
            if (lease is null)
            {
                await CreateAsync(client, wanted, cancellationToken);
            }
            else
            {
                // With the resource version that was read: of two writers one gets a conflict.
                await client.ReplaceAsync(ResourceType.Leases, GuardId.FenceNamespace, name, wanted, null, cancellationToken);
            }
        }

        return epoch;
    }

    /// <summary>
    /// Makes sure that a run still has its locks: no token on the cluster is newer than its own, and those that it holds alone name it.
    /// </summary>
    /// <param name="client">The cluster.</param>
    /// <param name="fences">The tokens of the run; without any it has no lock.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApplicationFailureException">It has not: it touches nothing more.</exception>
    public static async Task RequireAsync(
        IKubernetes client, IReadOnlyList<Fence> fences, (string WorkflowId, string RunId) run, CancellationToken cancellationToken)
    {
        if (fences.Count == 0 || fences[^1].Mode != LockMode.Exclusive)
        {
            throw Fenced("This change holds no lock of its own, so it changes nothing.");
        }

        foreach (Fence fence in fences)
        {
            string name = GuardId.LeaseName(fence.Guard);
            JsonObject? lease = await client.FindAsync(ResourceType.Leases, GuardId.FenceNamespace, name, cancellationToken);
            if (Refuse(fence, lease, run) is { } why)
            {
                throw Fenced(why);
            }
        }
    }

    // Each has its own guards, so both would give out the lock.
    private static void RequireOwn(JsonObject? lease, string guard, Cluster cluster, string? installation)
    {
        if (lease is not null && Annotation(lease, GuardId.InstallationAnnotation) is { } owner && owner != installation)
        {
            throw new ApplicationFailureException(
                $"The lock {guard} on cluster {cluster.Name} belongs to the installation {owner}; this one is "
                + $"{installation ?? "without a name"}. Nothing was written. If {owner} is gone for good, remove the annotation "
                + $"{GuardId.InstallationAnnotation} from the Lease {GuardId.FenceNamespace}/{lease["metadata"]?["name"]}.",
                errorType: ReasonCodes.OtherInstallation,
                nonRetryable: true);
        }
    }

    private static string? Refuse(Fence fence, JsonObject? lease, (string WorkflowId, string RunId) run)
    {
        if (lease is null)
        {
            // Nobody ever held a lock alone that others share.
            return fence.Mode == LockMode.Shared
                ? null
                : $"The cluster has no token of the lock {fence.Guard}, so this change changes nothing.";
        }

        long epoch = EpochOf(lease);
        string? holder = (string?)lease["spec"]?["holderIdentity"];
        string seen = $"The lock {fence.Guard} has the token {epoch}{(holder is null ? "" : $" ({holder})")}, "
            + $"and this change has {fence.Epoch}";
        return epoch > fence.Epoch ? $"{seen}: it changes nothing more."
            : fence.Mode == LockMode.Shared ? null
            : epoch < fence.Epoch ? $"{seen}, which was never written: it changes nothing."
            : (Annotation(lease, GuardId.WorkflowAnnotation), Annotation(lease, GuardId.RunAnnotation)) == run ? null
            : $"The token {epoch} of the lock {fence.Guard} belongs to another run ({holder}): this one changes nothing.";
    }

    private static ApplicationFailureException Fenced(string sentence) => new(sentence, errorType: ReasonCodes.Fenced, nonRetryable: true);

    private static string? Annotation(JsonObject lease, string name) => (string?)lease["metadata"]?["annotations"]?[name];

    private static long EpochOf(JsonObject lease) =>
        long.TryParse(Annotation(lease, GuardId.EpochAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            ? epoch
            : throw new ApplicationFailureException(
                $"Lease {GuardId.FenceNamespace}/{lease["metadata"]?["name"]} has no number in its annotation {GuardId.EpochAnnotation}, "
                + "which only the locks may write.",
                errorType: FailureTypes.KubernetesRefused,
                nonRetryable: true);

    private static JsonObject Lease(
        string name, RaiseFenceInput input, string? installation, long epoch, string? resourceVersion)
    {
        JsonObject metadata = new()
        {
            ["name"] = name,
            ["namespace"] = GuardId.FenceNamespace,
            ["annotations"] = new JsonObject
            {
                [GuardId.EpochAnnotation] = $"{epoch}",
                [GuardId.GuardAnnotation] = input.Guard,
                [GuardId.WorkflowAnnotation] = input.Holder?.WorkflowId ?? "",
                [GuardId.RunAnnotation] = input.Holder?.RunId ?? "",
                [GuardId.PlacesAnnotation] = string.Join(' ', input.Places.Select(place => place.Target)),
            },
        };
        if (installation is not null)
        {
            metadata["annotations"]![GuardId.InstallationAnnotation] = installation;
        }

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
