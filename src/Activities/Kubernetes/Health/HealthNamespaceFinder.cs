using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Confluent;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes.Health;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Finds the namespaces that a health check reads.</summary>
internal static class HealthNamespaceFinder
{
    private const string System = "kube-system";
    private const int MostNear = 5;

    /// <summary>The namespaces, in order.</summary>
    /// <exception cref="ApplicationFailureException">One that was asked for does not exist.</exception>
    /// <exception cref="ApiException">They could not be read.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(
        IKubernetes client, FindHealthNamespacesInput input, CancellationToken cancellationToken)
    {
        if (input.Wanted.Count > 0)
        {
            await RequireAsync(client, input, cancellationToken);
            return [.. input.Wanted.Distinct().Order(StringComparer.Ordinal)];
        }

        SortedSet<string> found = new(StringComparer.Ordinal) { System };
        if (input.Target.Namespace is { } own)
        {
            found.Add(own);
        }

        // Without the right to look everywhere, the usual ones are those of the target.
        await TryAsync(async () =>
        {
            ListOptions operators = new() { LabelSelector = ConfluentNames.OperatorSelector };
            await foreach (JsonObject deployment in client.StreamAsync(ResourceType.Deployments, null, operators, cancellationToken))
            {
                found.Add(deployment.Namespace()!);
            }
        });
        foreach (ResourceType type in await ConfluentKinds.ReadAsync(client, cancellationToken))
        {
            await TryAsync(async () =>
            {
                await foreach (JsonObject resource in client.StreamAsync(type, null, null, cancellationToken))
                {
                    found.Add(resource.Namespace()!);
                }
            });
        }

        return [.. found];
    }

    private static async Task RequireAsync(IKubernetes client, FindHealthNamespacesInput input, CancellationToken cancellationToken)
    {
        foreach (string wanted in input.Wanted)
        {
            if (await client.FindAsync(ResourceType.Namespaces, null, wanted, cancellationToken) is not null)
            {
                continue;
            }

            List<string> names = [.. (await client.ListAsync(ResourceType.Namespaces, null, null, cancellationToken)).Items
                .Select(space => space.Name())];
            throw new ApplicationFailureException(
                $"Cluster {input.Target.Context} has no namespace {wanted}; the nearest are "
                    + $"{string.Join(", ", NearNames.Of(wanted, names).Take(MostNear))}.",
                errorType: ReasonCodes.TargetNotFound,
                nonRetryable: true);
        }
    }

    private static async Task TryAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.NotFound)
        {
            // The sections say what they may not read.
        }
    }
}
