using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Kubernetes.Health;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes.Health;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Orchestrator.Activities.Tests.Kubernetes.Health;

/// <summary>What is wrong on a real API server is found, with the right severity and words; what is as it should be is not.</summary>
[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ClusterHealthTests(KubeLab lab) : BoundedTest
{
    [LabFact]
    public async Task Nodes_CordonedAndNotReady_AreFoundWithTheReason()
    {
        string bad = $"bad-{Guid.NewGuid():N}"[..12];
        JsonObject node = new() { ["metadata"] = new JsonObject { ["name"] = bad } };
        await lab.Admin.CreateAsync(ResourceType.Nodes, null, node, Limit);
        await lab.Admin.MergePatchAsync(
            ResourceType.Nodes, null, bad, new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = true } }, null, Limit);
        await StatusAsync(ResourceType.Nodes, null, bad, """
            {"conditions":[{"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown","message":"Kubelet stopped posting.",
              "lastTransitionTime":"2026-11-30T12:00:00Z"},
             {"type":"DiskPressure","status":"True","reason":"KubeletHasDiskPressure","message":"disk is full",
              "lastTransitionTime":"2026-11-30T12:00:00Z"}],
             "nodeInfo":{"kubeletVersion":"v1.29.3","architecture":"","bootID":"","containerRuntimeVersion":"","kernelVersion":"",
              "kubeProxyVersion":"","machineID":"","operatingSystem":"","osImage":"","systemUUID":""} }
            """);

        SectionReading read = await ReadAsync((health, scope) => health.ReadNodesAsync(scope));

        List<Finding> found = [.. read.Findings.Where(finding => finding.Object == $"node {bad}")];
        await lab.Admin.DeleteAsync(ResourceType.Nodes, null, bad, null, Limit);
        Assert.Equal(
            [
                (HealthCodes.NodeNotReady, FindingSeverity.Critical,
                    $"Node {bad} is not Ready since 2026-11-30 12:00:00Z, NodeStatusUnknown: Kubelet stopped posting."),
                (HealthCodes.KubeletSkew, FindingSeverity.Warning,
                    $"The kubelet of node {bad} is v1.29.3, 5 minor versions older than the API server's v1.34.4."),
                (HealthCodes.NodeCordoned, FindingSeverity.Warning, found[2].Sentence),
                (HealthCodes.NodePressure, FindingSeverity.Warning,
                    $"Node {bad} has DiskPressure since 2026-11-30 12:00:00Z, KubeletHasDiskPressure: disk is full."),
            ],
            found.Select(finding => (finding.Code, finding.Severity, finding.Sentence)));
        // Who did it is not said here: kwok writes its nodes back without what the API server knows of their writers.
        Assert.StartsWith($"Node {bad} is cordoned", found[2].Sentence, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Pods_WaitingStuckAndFailed_AreFoundAndCompletedJobsAreNot()
    {
        string space = await SpaceAsync();
        await PodAsync(space, "crashes", """
            {"phase":"Running","containerStatuses":[{"name":"main","ready":false,"restartCount":7,"image":"x","imageID":"",
              "state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting"} } }]}
            """);
        await PodAsync(space, "evicted", """{"phase":"Failed","reason":"Evicted"}""");
        await PodAsync(space, "done", """{"phase":"Failed"}""", ofJob: true);
        await PodAsync(space, "fine", """{"phase":"Running"}""");

        SectionReading read = await ReadAsync((health, scope) => health.ReadPodsAsync(scope with { PendingAfter = TimeSpan.Zero }), space);

        Assert.Equal(
            [
                ($"pod {space}/crashes container main",
                    $"Container main of pod {space}/crashes waits with CrashLoopBackOff: back-off 5m0s restarting."),
                ($"pod {space}/evicted", $"Pod {space}/evicted has failed: Evicted."),
            ],
            read.Findings.Select(finding => (finding.Object, finding.Sentence)));
        Assert.Equal($"pods: 4 in {space}", read.Sentence);
        Assert.Equal(7, read.Counters[$"{space}/crashes"]);
    }

    [LabFact]
    public async Task Pods_RestartedSinceTheLastReport_AreFound()
    {
        string space = await SpaceAsync();
        await PodAsync(space, "again", """
            {"phase":"Running","containerStatuses":[{"name":"main","ready":true,"restartCount":9,"image":"x","imageID":"",
              "state":{"running":{"startedAt":"2026-11-30T12:00:00Z"} } }]}
            """);
        DateTimeOffset counted = DateTimeOffset.UtcNow.AddMinutes(-15);
        HealthScope Scope(HealthScope scope, long before) =>
            scope with { CountedAt = counted, RestartsBefore = new Dictionary<string, long> { [$"{space}/again"] = before } };

        Assert.Empty((await ReadAsync((health, scope) => health.ReadPodsAsync(Scope(scope, 7)), space)).Findings);
        Finding found = Assert.Single((await ReadAsync((health, scope) => health.ReadPodsAsync(Scope(scope, 6)), space)).Findings);
        Assert.Equal($"Pod {space}/again has restarted 3 times since {counted:u}.", found.Sentence);
    }

    [LabFact]
    public async Task Workloads_BudgetsThatOverlapAndPodsThatAreMissing_AreFound()
    {
        string space = await SpaceAsync();
        await PodAsync(space, "broker-0", """{"phase":"Running"}""");
        foreach (string name in (string[])["one", "two"])
        {
            await lab.Admin.CreateAsync(ResourceType.PodDisruptionBudgets, space, Json($$"""
                {"metadata":{"name":"{{name}}"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"health"} } } }
                """), Limit);
        }

        await lab.Admin.CreateAsync(ResourceType.StatefulSets, space, Json("""
            {"metadata":{"name":"broker"},"spec":{"replicas":3,"serviceName":"broker","selector":{"matchLabels":{"app":"none"} },
             "template":{"metadata":{"labels":{"app":"none"} },"spec":{"nodeSelector":{"no":"node"},
              "containers":[{"name":"main","image":"x"}]} } } }
            """), Limit);

        SectionReading read = await ReadAsync((health, scope) => health.ReadWorkloadsAsync(scope), space);

        Assert.Equal(
            [
                (HealthCodes.WorkloadNotReady, FindingSeverity.Critical, $"StatefulSet {space}/broker has 0 of 3 pods ready."),
                (HealthCodes.BudgetsOverlap, FindingSeverity.Warning,
                    $"PodDisruptionBudgets {space}/one and {space}/two select the same pods, such as {space}/broker-0: "
                        + "none of them can be evicted."),
            ],
            read.Findings.Select(finding => (finding.Code, finding.Severity, finding.Sentence)));
    }

    [LabFact]
    public async Task Storage_FailedVolumesAreCriticalAndReleasedOnesAreNot()
    {
        string id = $"{Guid.NewGuid():N}"[..8];
        string space = await SpaceAsync();
        await lab.Admin.CreateAsync(ResourceType.PersistentVolumeClaims, space, Json("""
            {"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"dummy",
             "resources":{"requests":{"storage":"1Gi"} } } }
            """), Limit);
        foreach ((string name, string phase) in (IEnumerable<(string, string)>)[($"a-{id}", "Failed"), ($"b-{id}", "Released")])
        {
            await lab.Admin.CreateAsync(ResourceType.PersistentVolumes, null, Json($$"""
                {"metadata":{"name":"{{name}}"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
                 "persistentVolumeReclaimPolicy":"Retain","hostPath":{"path":"/x"},"storageClassName":"none-{{id}}",
                 "claimRef":{"namespace":"{{space}}","name":"gone","uid":"{{Guid.NewGuid()}}"} } }
                """), Limit);
            await StatusAsync(ResourceType.PersistentVolumes, null, name, $$"""{"phase":"{{phase}}","message":"no room"}""");
        }

        SectionReading read = await ReadAsync((health, scope) => health.ReadStorageAsync(scope), space);

        Assert.Equal(
            [
                (HealthCodes.VolumeFailed, FindingSeverity.Critical, $"Volume a-{id} of claim {space}/gone has failed: no room."),
                (HealthCodes.ClaimClassDummy, FindingSeverity.Warning, $"Claim {space}/data has the storage class dummy."),
                (HealthCodes.VolumeReleased, FindingSeverity.Info, $"Volume b-{id} is Released; its claim {space}/gone is gone."),
            ],
            read.Findings.Where(finding => finding.Sentence.Contains(id, StringComparison.Ordinal)
                    || finding.Sentence.Contains(space, StringComparison.Ordinal))
                .Select(finding => (finding.Code, finding.Severity, finding.Sentence)));
    }

    [LabFact]
    public async Task Certificates_ThatEndSoonOrCannotBeRead_AreFoundWithoutAKey()
    {
        string space = await SpaceAsync();
        (string pem, string key) = SelfSigned("CN=broker", DateTimeOffset.UtcNow.AddDays(5));
        await SecretAsync(space, "soon", pem, key);
        await SecretAsync(space, "broken", "no certificate", key);

        SectionReading read = await ReadAsync((health, scope) => health.ReadCertificatesAsync(scope), space);

        Assert.Equal(
            [HealthCodes.CertificateEnds, HealthCodes.CertificateUnreadable], read.Findings.Select(finding => finding.Code));
        Assert.StartsWith($"The certificate of CN=broker in secret {space}/soon ends at ", read.Findings[0].Sentence,
            StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", read.ToString(), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task ControlPlane_LeaseThatIsNotRenewed_IsCritical()
    {
        await lab.Admin.ApplyAsync(ResourceType.Leases, "kube-system", "kube-scheduler", Json("""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"kube-scheduler","namespace":"kube-system"},
             "spec":{"holderIdentity":"node-a","leaseDurationSeconds":15,"renewTime":"2026-11-30T12:00:00.000000Z"} }
            """), null, Limit);

        SectionReading read = await ReadAsync((health, scope) => health.ReadControlPlaneAsync(scope));

        await lab.Admin.DeleteAsync(ResourceType.Leases, "kube-system", "kube-scheduler", null, Limit);
        Finding found = Assert.Single(read.Findings);
        Assert.Equal(
            (HealthCodes.LeaseStale, "kube-scheduler (node-a) has not renewed its lease since 2026-11-30 12:00:00Z; it holds for 15 s."),
            (found.Code, found.Sentence));
        Assert.Equal("/readyz, /livez, kube-scheduler, kube-controller-manager: not observable", read.Sentence);
    }

    [LabFact]
    public async Task Section_ThatMayNotBeRead_IsUnknownAndNamesTheRight()
    {
        ClusterHealthActivities health = lab.Services.GetRequiredService<ClusterHealthActivities>();

        SectionReading read = await new ActivityEnvironment().RunAsync(
            () => health.ReadStorageAsync(new HealthScope(new ChangeTarget("lab-viewer"), ["default"])));

        Assert.Equal(
            ["persistentvolumeclaims", "persistentvolumes", "volumeattachments.storage.k8s.io"],
            read.Findings.Select(finding => finding.Object).Order(StringComparer.Ordinal));
        Assert.All(read.Findings, finding => Assert.Equal(
            (ReasonCodes.RbacMissing, FindingSeverity.Unknown), (finding.Code, finding.Severity)));
    }

    [LabFact]
    public async Task Namespaces_ThatDoNotExist_AreRefusedWithNearNames()
    {
        ClusterHealthActivities health = lab.Services.GetRequiredService<ClusterHealthActivities>();

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => new ActivityEnvironment().RunAsync(() => health.FindNamespacesAsync(new(new ChangeTarget("lab"), ["kube-sistem"]))));

        Assert.Equal(ReasonCodes.TargetNotFound, refused.ErrorType);
        Assert.StartsWith(
            "Cluster lab has no namespace kube-sistem; the nearest are kube-system", refused.Message, StringComparison.Ordinal);
    }

    // A pod is admitted once its service account is there.
    private async Task<string> SpaceAsync()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        await lab.WaitAsync(ResourceType.ServiceAccounts, space, "default", _ => true, Limit);
        return space;
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static (string Certificate, string Key) SelfSigned(string subject, DateTimeOffset ends)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), ends);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private Task<SectionReading> ReadAsync(
        Func<ClusterHealthActivities, HealthScope, Task<SectionReading>> read, params string[] namespaces)
    {
        ClusterHealthActivities health = lab.Services.GetRequiredService<ClusterHealthActivities>();
        return new ActivityEnvironment().RunAsync(() => read(health, new HealthScope(new ChangeTarget("lab"), namespaces)));
    }

    private Task<JsonObject> SecretAsync(string space, string name, string certificate, string key) => lab.Admin.CreateAsync(
        ResourceType.Secrets,
        space,
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["type"] = "kubernetes.io/tls",
            ["stringData"] = new JsonObject { ["tls.crt"] = certificate, ["tls.key"] = key },
        },
        Limit);

    // No node: nothing but the test writes its status.
    private async Task PodAsync(string space, string name, string status, bool ofJob = false)
    {
        JsonObject pod = Json($$"""
            {"metadata":{"name":"{{name}}","labels":{"app":"health"} },
             "spec":{"schedulerName":"nobody","containers":[{"name":"main","image":"x"}]} }
            """);
        if (ofJob)
        {
            JsonObject job = await lab.Admin.CreateAsync(ResourceType.Jobs, space, Json("""
                {"metadata":{"name":"job"},"spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never",
                 "containers":[{"name":"main","image":"x"}]} } } }
                """), Limit);
            pod["metadata"]!["ownerReferences"] = JsonNode.Parse(
                $$"""[{"apiVersion":"batch/v1","kind":"Job","name":"job","uid":"{{job.Uid()}}"}]""");
        }

        await lab.Admin.CreateAsync(ResourceType.Pods, space, pod, Limit);
        await StatusAsync(ResourceType.Pods, space, name, status);
    }

    private Task<JsonObject> StatusAsync(ResourceType type, string? space, string name, string status) => lab.Admin.MergePatchAsync(
        type, space, name, new JsonObject { ["status"] = JsonNode.Parse(status) }, "status", Limit);
}
