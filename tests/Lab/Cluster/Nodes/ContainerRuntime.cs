using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster.Logs;
using Orchestrator.Lab.Cluster.Processes;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>Turns a pod into a configured process on this machine, and finds the processes that it started earlier.</summary>
internal sealed class ContainerRuntime(
    IKubernetes kubernetes,
    KafkaInstallation installation,
    PortSlots ports,
    KafkaProbe probe,
    string dataFolder,
    Action<string> log,
    TimeProvider timeProvider)
{
    private const string HostIp = "127.0.0.1";
    private const string UidFileName = "pod-uid";
    private const string PropertiesFileName = "server.properties";

    public IKubernetes Kubernetes => kubernetes;

    public KafkaProbe Probe => probe;

    public TimeProvider TimeProvider => timeProvider;

    public void Log(string line) => log(line);

    public JsonObject RenderStatus(PodSpec pod, ContainerState state) =>
        PodStatus.Render(pod.Pod, state, HostIp, PodIp(pod), timeProvider.GetUtcNow());

    /// <summary>The process that an earlier node agent left running for a pod of this name; null where there is none.</summary>
    public PodProcess? Adopt(PodSpec pod)
    {
        if (!pod.IsKafka)
        {
            return null;
        }

        PodPorts podPorts = PortsOf(pod);
        KafkaProcess? process = KafkaProcess.Adopt(PidFile(podPorts), PropertiesFile(pod));
        return process is null
            ? null
            : new(process, podPorts, new(File.GetLastWriteTimeUtc(PidFile(podPorts)), TimeSpan.Zero), timeProvider);
    }

    /// <summary>The pod that the process of this name was started for; null where none was started yet.</summary>
    public string? StartedFor(PodSpec pod) => File.Exists(UidFile(pod)) ? File.ReadAllText(UidFile(pod)) : null;

    /// <summary>What the current run of a pod's container wrote, or the run before; null where there was none.</summary>
    public LogWindow? FindLog(string @namespace, string pod, bool previous)
    {
        string uidFile = Path.Combine(PodFolder(@namespace, pod), UidFileName);
        return File.Exists(uidFile) && ports.Find(@namespace, pod) is { } podPorts
            ? RunsOf(@namespace, pod, LogFile(podPorts)).Find(File.ReadAllText(uidFile), previous)
            : null;
    }

    /// <summary>The folder of a pod whose process runs; null where there is none.</summary>
    public string? FindRunning(string @namespace, string pod)
    {
        string folder = PodFolder(@namespace, pod);
        if (ports.Find(@namespace, pod) is not { } podPorts)
        {
            return null;
        }

        using KafkaProcess? process = KafkaProcess.Adopt(PidFile(podPorts), Path.Combine(folder, PropertiesFileName));
        return process is null ? null : folder;
    }

    /// <summary>Configures, formats and starts a pod's process.</summary>
    public async Task<StartOutcome> StartAsync(PodSpec pod, CancellationToken cancellationToken)
    {
        try
        {
            return await TryStartAsync(pod, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            return StartOutcome.Waiting("CreateContainerConfigError", e.Message);
        }
    }

    private async Task<StartOutcome> TryStartAsync(PodSpec pod, CancellationToken cancellationToken)
    {
        if (installation.ReleaseOf(pod.Image) is not { } release)
        {
            return StartOutcome.Waiting("ImagePullBackOff", $"Back-off pulling image \"{pod.Image}\"");
        }

        if (await IsParkedAsync(pod, cancellationToken))
        {
            return StartOutcome.Waiting(
                "PodInitializing", $"{ConfluentAnnotations.MaintenanceMode} of {pod.Component} names pod \"{pod.Name}\"");
        }

        JsonObject? config = await kubernetes.FindAsync(ResourceType.ConfigMaps, pod.Namespace, pod.ConfigMap, cancellationToken);
        if (config is null)
        {
            return StartOutcome.Waiting("ContainerCreating", $"configmap \"{pod.ConfigMap}\" not found");
        }

        if (await DataFolderAsync(pod, cancellationToken) is not { } volume)
        {
            return StartOutcome.Waiting("ContainerCreating", $"claim \"{pod.DataClaim}\" is not bound");
        }

        KafkaLaunch launch = Launch(pod, release, config, Path.Combine(volume, "logs"));
        await ConfigureAsync(pod, config, launch, cancellationToken);
        await AnnounceJolokiaAsync(pod, launch.Ports, cancellationToken);
        await launch.FormatAsync(cancellationToken);
        RunsOf(pod.Namespace, pod.Name, launch.LogFile).Begin(pod.Uid);
        return StartOutcome.Started(new(launch.Start(), launch.Ports, timeProvider.GetUtcNow(), timeProvider));
    }

    // The pods' init container asks for it, and ends only when its pod is no longer named.
    private async Task<bool> IsParkedAsync(PodSpec pod, CancellationToken cancellationToken)
    {
        ResourceType type = pod.IsController ? ConfluentResources.KRaftControllers : ConfluentResources.Kafkas;
        JsonObject? resource = await kubernetes.FindAsync(type, pod.Namespace, pod.Component, cancellationToken);
        string parked = (string?)resource?["metadata"]!["annotations"]?[ConfluentAnnotations.MaintenanceMode] ?? "";
        return parked.Split(',', StringSplitOptions.TrimEntries).Contains(pod.Name);
    }

    private KafkaLaunch Launch(PodSpec pod, string release, JsonObject config, string logFolder)
    {
        PodPorts podPorts = PortsOf(pod);
        return new()
        {
            Installation = installation,
            Release = release,
            PropertiesFile = PropertiesFile(pod),
            LogFolder = logFolder,
            LogFile = LogFile(podPorts),
            PidFile = PidFile(podPorts),
            ClusterId = pod.ClusterId,
            Ports = podPorts,
            IsController = pod.IsController,
            JvmArguments = ((string?)config["data"]?["jvm.config"] ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    private async Task ConfigureAsync(PodSpec pod, JsonObject config, KafkaLaunch launch, CancellationToken cancellationToken)
    {
        JsonObject node = await kubernetes.GetAsync(ResourceType.Nodes, null, pod.NodeName, cancellationToken);
        IReadOnlyList<string> properties = PodConfiguration.Render(
            (string?)config["data"]?["kafka.properties"] ?? "",
            pod.NodeId,
            (string?)node["metadata"]!["labels"]?["topology.kubernetes.io/zone"],
            launch.Ports.Listener,
            launch.LogFolder,
            ControllerAddress);
        Directory.CreateDirectory(PodFolder(pod.Namespace, pod.Name));
        Directory.CreateDirectory(launch.LogFolder);
        await File.WriteAllLinesAsync(launch.PropertiesFile, properties, cancellationToken);
        await File.WriteAllTextAsync(UidFile(pod), pod.Uid, cancellationToken);
    }

    private async Task AnnounceJolokiaAsync(PodSpec pod, PodPorts podPorts, CancellationToken cancellationToken)
    {
        JsonObject patch = new()
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = pod.Uid,
                ["annotations"] = new JsonObject { [ConfluentAnnotations.JolokiaAddress] = $"{HostIp}:{podPorts.Jolokia}" },
            },
        };
        await kubernetes.MergePatchAsync(ResourceType.Pods, pod.Namespace, pod.Name, patch, null, cancellationToken);
    }

    private async Task<string?> DataFolderAsync(PodSpec pod, CancellationToken cancellationToken)
    {
        JsonObject? claim = await kubernetes.FindAsync(
            ResourceType.PersistentVolumeClaims, pod.Namespace, pod.DataClaim, cancellationToken);
        if ((string?)claim?["spec"]?["volumeName"] is not { } volumeName)
        {
            return null;
        }

        JsonObject? volume = await kubernetes.FindAsync(ResourceType.PersistentVolumes, null, volumeName, cancellationToken);
        return (string?)volume?["spec"]?["csi"]?["volumeHandle"] is { } handle ? Path.Combine(dataFolder, "volumes", handle) : null;
    }

    // The only pods that a configuration names are the controllers of the quorum.
    private string ControllerAddress(string @namespace, string pod)
    {
        int ordinal = int.Parse(pod.AsSpan(pod.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
        return $"{HostIp}:{ports.Of(isController: true, @namespace, pod, ordinal).Listener}";
    }

    // Looks like an address of a pod network, and is the same for the life of the pod; nothing listens there.
    private static string PodIp(PodSpec pod)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(pod.Uid));
        return $"10.244.{hash[0]}.{1 + (hash[1] % 254)}";
    }

    private PodPorts PortsOf(PodSpec pod) => ports.Of(pod.IsController, pod.Namespace, pod.Name, pod.Ordinal);

    private LogRuns RunsOf(string @namespace, string pod, string logFile) =>
        new(Path.Combine(PodFolder(@namespace, pod), "log-runs"), logFile);

    private string PodFolder(string @namespace, string pod) => Path.Combine(dataFolder, "pods", $"{@namespace}.{pod}");

    private string PropertiesFile(PodSpec pod) => Path.Combine(PodFolder(pod.Namespace, pod.Name), PropertiesFileName);

    private string UidFile(PodSpec pod) => Path.Combine(PodFolder(pod.Namespace, pod.Name), UidFileName);

    private string PidFile(PodPorts podPorts) => Path.Combine(dataFolder, "run", $"{podPorts.ProcessName}.pid");

    private string LogFile(PodPorts podPorts) => Path.Combine(dataFolder, "log", $"{podPorts.ProcessName}.log");
}
