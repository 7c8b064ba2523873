using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Bench;

/// <summary>
/// Fills a real API server with pods and lists them in turn with StreamAsync, ListAsync and <c>kubectl get -o json</c>. The ratios are
/// those
/// of the first to the last.
/// </summary>
internal static class Comparison
{
    private const int Rounds = 3;
    private const string Namespace = "bench";

    public static async Task<int> RunAsync(int pods)
    {
        await using LabServers lab = await LabServers.StartAsync("kube");
        // Nothing but the API server and its store shall be busy.
        await lab.DownAsync("kwok", "kube-scheduler", "kube-controller-manager");
        using IKubernetes kubernetes = Kubeconfig.Load(lab.Kubeconfig, null).Open(TimeProvider.System);
        await FillAsync(kubernetes, pods);

        string self = Environment.ProcessPath!;
        string kubectl = Path.Combine(lab.EnvironmentVariables["PATH"].Split(':')[0], "kubectl");
        (string Name, Func<Task<Measured>> Run)[] readers =
        [
            ("StreamAsync", () => Measured.RunAsync(self, "read", "stream", lab.Kubeconfig)),
            ("ListAsync", () => Measured.RunAsync(self, "read", "list", lab.Kubeconfig)),
            (
                "kubectl get pods -A -o json",
                () => Measured.RunAsync(kubectl, "--kubeconfig", lab.Kubeconfig, "get", "pods", "-A", "-o", "json")),
        ];
        Console.WriteLine($"{pods} pods, {Rounds} rounds; each line is the median by time");
        List<Measured> medians = [];
        foreach ((string name, Func<Task<Measured>> run) in readers)
        {
            List<Measured> measured = [];
            for (int round = 0; round < Rounds; round++)
            {
                measured.Add(await run());
            }

            Measured median = measured.OrderBy(one => one.Time).ElementAt(Rounds / 2);
            Console.WriteLine($"{name,-28} {median.Time.TotalSeconds,7:0.0} s   peak {median.PeakKiB / 1024,5} MiB");
            medians.Add(median);
        }

        JsonObject ratios = new()
        {
            ["pods"] = pods,
            ["timeRatio"] = Math.Round(medians[0].Time / medians[^1].Time, 4),
            ["memoryRatio"] = Math.Round((double)medians[0].PeakKiB / medians[^1].PeakKiB, 4),
        };
        Console.WriteLine(ratios.ToJsonString());
        return 0;
    }

    private static async Task FillAsync(IKubernetes kubernetes, int pods)
    {
        JsonObject bench = Manifests.Parse($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Namespace}}}}}")[0];
        await kubernetes.CreateAsync(ResourceType.Namespaces, null, bench, CancellationToken.None);
        JsonObject account = Manifests.Parse("{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}")[0];
        await kubernetes.CreateAsync(ResourceType.ServiceAccounts, Namespace, account, CancellationToken.None);
        JsonObject template = Manifests.Parse(BrokerPod)[0];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, pods), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, cancellationToken) =>
        {
            JsonObject pod = template.DeepClone().AsObject();
            pod["metadata"]!["name"] = $"kafka-{number}";
            await kubernetes.CreateAsync(ResourceType.Pods, Namespace, pod, cancellationToken);
        });
    }

    // About the size of a broker's pod under an operator.
    private const string BrokerPod =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: ""
          labels: {app: kafka, clusterId: confluent, confluent-platform: "true", type: kafka, controller-revision-hash: kafka-6d8f7c9b54}
          annotations: {platform.confluent.io/config-hash: "3f2a9c1be07d4465", prometheus.io/port: "7778", prometheus.io/scrape: "true"}
        spec:
          nodeName: node-1
          terminationGracePeriodSeconds: 7200
          initContainers:
            - name: config-init-container
              image: confluentinc/confluent-init-container:3.3.0
              command: [/opt/startup.sh]
              volumeMounts: [{name: mnt, mountPath: /mnt/config}]
          containers:
            - name: kafka
              image: confluentinc/cp-server:8.0.0
              command: [/mnt/config/init/startup.sh]
              ports:
                - {containerPort: 9092, name: external}
                - {containerPort: 9071, name: internal}
                - {containerPort: 9072, name: replication}
                - {containerPort: 7777, name: jolokia}
              env:
                - {name: KAFKA_HEAP_OPTS, value: "-Xms8g -Xmx8g -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35"}
                - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - {name: POD_NAMESPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
                - {name: KAFKA_LOG4J_OPTS, value: "-Dlog4j2.configurationFile=/mnt/config/shared/log4j2.yaml"}
              resources: {requests: {cpu: "4", memory: 16Gi}, limits: {memory: 16Gi}}
              readinessProbe: {httpGet: {path: "/v1/metadata/broker/ready", port: 9090}, periodSeconds: 10, timeoutSeconds: 5}
              livenessProbe: {httpGet: {path: "/v1/metadata/broker/alive", port: 9090}, periodSeconds: 10, timeoutSeconds: 5}
              volumeMounts:
                - {name: data0, mountPath: /mnt/data/data0}
                - {name: mnt, mountPath: /mnt/config}
                - {name: secrets, mountPath: /mnt/secrets, readOnly: true}
          volumes:
            - {name: data0, persistentVolumeClaim: {claimName: data0-kafka-0}}
            - {name: mnt, emptyDir: {}}
            - {name: secrets, secret: {secretName: kafka-tls}}
          tolerations: [{key: dedicated, operator: Equal, value: kafka, effect: NoSchedule}]
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {type: kafka}}}
        """;
}
