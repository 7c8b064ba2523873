using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.Kubernetes.Health;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Reads the sections of a health check: each list is streamed, and only what is wrong is kept of it.</summary>
internal sealed class ClusterHealthActivities(KubernetesClients clients, TimeProvider timeProvider) : IClusterHealthActivities
{
    /// <inheritdoc/>
    [Activity("FindHealthNamespaces")]
    public Task<HealthNamespaces> FindNamespacesAsync(FindHealthNamespacesInput input) => Failures.TranslateAsync(() =>
        ActivityCall.BeatingAsync(async () => new HealthNamespaces(
            await HealthNamespaceFinder.FindAsync(clients.Of(input.Target).Client, input, ActivityCall.Token))));

    /// <inheritdoc/>
    [Activity("ReadControlPlaneHealth")]
    public Task<SectionReading> ReadControlPlaneAsync(HealthScope scope) => ReadAsync(scope, async (client, reading, now) =>
    {
        foreach (string path in (string[])["/readyz", "/livez"])
        {
            await reading.ReadAsync(path, async () =>
            {
                reading.Add(ControlPlaneHealth.Check(path, await HealthTextAsync(client, path)));
                return path;
            });
        }

        foreach (string component in (string[])["kube-scheduler", "kube-controller-manager"])
        {
            await reading.ReadAsync("leases", async () =>
            {
                LeaseSeen lease = await LeaseAsync(client, component);
                reading.Add(ControlPlaneHealth.Check(lease, now));
                return lease.RenewedAt is null ? $"{component}: not observable" : component;
            });
        }
    });

    /// <inheritdoc/>
    [Activity("ReadNodeHealth")]
    public Task<SectionReading> ReadNodesAsync(HealthScope scope) => ReadAsync(scope, async (client, reading, _) =>
        await reading.ReadAsync("nodes", async () =>
        {
            string server = (await client.Version.GetCodeAsync(ActivityCall.Token)).GitVersion;
            int nodes = 0;
            await foreach (NodeSeen node in client.StreamAsync(ResourceType.Nodes, null, null, ActivityCall.Token)
                .Select(HealthObjects.Node))
            {
                nodes++;
                reading.Add(NodeHealth.Check(node, server));
            }

            return $"nodes: {nodes}";
        }));

    /// <inheritdoc/>
    [Activity("ReadPodHealth")]
    public async Task<SectionReading> ReadPodsAsync(HealthScope scope)
    {
        // The most restarted ones: what has not restarted for long is not what the next report is about.
        const int Kept = 300;
        PriorityQueue<string, long> restarts = new();
        Dictionary<string, long> counts = [];
        SectionReading read = await ReadAsync(scope, async (client, reading, now) => await reading.ReadAsync("pods", async () =>
        {
            int pods = 0;
            await foreach (PodSeen pod in InEachAsync(client, ResourceType.Pods, scope).Select(HealthObjects.Pod))
            {
                pods++;
                reading.Add(PodHealth.Check(pod, scope, now));
                if (pod.Restarts > 0)
                {
                    counts[pod.FullName] = pod.Restarts;
                    restarts.Enqueue(pod.FullName, pod.Restarts);
                    if (restarts.Count > Kept)
                    {
                        counts.Remove(restarts.Dequeue());
                    }
                }
            }

            return $"pods: {pods} in {string.Join(", ", scope.Namespaces.Take(5))}{(scope.Namespaces.Count > 5 ? " and others" : "")}";
        }));
        return read with { Counters = counts };
    }

    /// <inheritdoc/>
    [Activity("ReadWorkloadHealth")]
    public Task<SectionReading> ReadWorkloadsAsync(HealthScope scope) => ReadAsync(scope, async (client, reading, now) =>
    {
        foreach ((string kind, ResourceType type) in ((string, ResourceType)[])
        [
            ("Deployment", ResourceType.Deployments), ("StatefulSet", ResourceType.StatefulSets), ("DaemonSet", ResourceType.DaemonSets),
        ])
        {
            await reading.ReadAsync($"{type}", async () =>
            {
                int count = 0;
                await foreach (WorkloadSeen workload in InEachAsync(client, type, scope).Select(obj => HealthObjects.Workload(kind, obj)))
                {
                    count++;
                    reading.Add(WorkloadHealth.Check(workload));
                }

                return $"{type.Plural}: {count}";
            });
        }

        await reading.ReadAsync($"{ResourceType.PodDisruptionBudgets}", () => BudgetReading.ReadAsync(client, scope, reading, now));
    });

    /// <inheritdoc/>
    [Activity("ReadStorageHealth")]
    public Task<SectionReading> ReadStorageAsync(HealthScope scope) =>
        ReadAsync(scope, (client, reading, now) => StorageReading.ReadAsync(client, scope, reading, now));

    /// <inheritdoc/>
    [Activity("ReadEventHealth")]
    public Task<SectionReading> ReadEventsAsync(HealthScope scope) => ReadAsync(scope, async (client, reading, now) =>
        await reading.ReadAsync("events", async () =>
        {
            EventGroups groups = new(now - scope.EventWindow);
            ListOptions warnings = new() { FieldSelector = "type=Warning" };
            await foreach (EventSeen seen in InEachAsync(client, ResourceType.Events, scope, warnings).Select(HealthObjects.Event))
            {
                groups.Add(seen);
            }

            reading.Add(groups.Findings());
            return $"kinds of Warning events: {groups.Count}";
        }));

    /// <inheritdoc/>
    [Activity("ReadLeftovers")]
    public Task<SectionReading> ReadLeftoversAsync(HealthScope scope) =>
        ReadAsync(scope, (client, reading, now) => LeftoverReading.ReadAsync(client, scope, reading, now));

    /// <inheritdoc/>
    [Activity("ReadCertificateHealth")]
    public Task<SectionReading> ReadCertificatesAsync(HealthScope scope) => ReadAsync(scope, async (client, reading, now) =>
        await reading.ReadAsync("secrets", async () =>
        {
            int count = 0;
            ListOptions certificates = new() { FieldSelector = "type=kubernetes.io/tls" };
            await foreach (CertificateSeen certificate in InEachAsync(client, ResourceType.Secrets, scope, certificates)
                .Select(CertificateReading.Of))
            {
                count++;
                reading.Add(CertificateHealth.Check(certificate, scope, now));
            }

            return $"certificates: {count}";
        }));

    /// <summary>The objects of a kind in each namespace of a scope, one after the other.</summary>
    public static IAsyncEnumerable<JsonObject> InEachAsync(
        IKubernetes client, ResourceType type, HealthScope scope, ListOptions? options = null) =>
        scope.Namespaces.ToAsyncEnumerable().SelectMany(
            @namespace => client.StreamAsync(type, @namespace, options, ActivityCall.Token));

    private Task<SectionReading> ReadAsync(HealthScope scope, Func<IKubernetes, HealthReading, DateTimeOffset, Task> read) =>
        Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
        {
            HealthReading reading = new(scope.MaxFindings);
            await read(clients.Of(scope.Target).Client, reading, timeProvider.GetUtcNow());
            return reading.Result();
        }));

    // A check that fails is answered with 500 and the same lines.
    private static async Task<string> HealthTextAsync(IKubernetes client, string path)
    {
        try
        {
            return await client.GetRawAsync($"{path}?verbose", ActivityCall.Token);
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.InternalServerError && e.Text is { } text && IsOfChecks(text))
        {
            return text;
        }
    }

    private static bool IsOfChecks(string text) => text.Contains("[-]", StringComparison.Ordinal);

    private static async Task<LeaseSeen> LeaseAsync(IKubernetes client, string component)
    {
        JsonObject? lease = await client.FindAsync(ResourceType.Leases, "kube-system", component, ActivityCall.Token);
        return new(
            component,
            ObjectMetadata.ReadTime(lease?["spec"]?["renewTime"]),
            TimeSpan.FromSeconds((int?)lease?["spec"]?["leaseDurationSeconds"] ?? 15),
            (string?)lease?["spec"]?["holderIdentity"]);
    }
}
