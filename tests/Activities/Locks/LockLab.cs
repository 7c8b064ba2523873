using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Kubernetes;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Activities.Tests.Locks;

/// <summary>A real Temporal and a real control plane, and one worker with the frame and its activities.</summary>
public sealed class LockLab : IAsyncLifetime, IDisposable
{
    public const string Collection = "Temporal and Kubernetes";
    private const string Queue = "locks";

    private readonly CancellationTokenSource _stop = new();
    private LabServers? _lab;
    private ServiceProvider? _services;
    private TemporalWorker? _worker;
    private Task? _working;

    public ITemporalClient Client { get; private set; } = null!;

    public IKubernetes Admin { get; private set; } = null!;

    public string ClusterUid { get; private set; } = "";

    public IServiceProvider Services => _services!;

    public string EvidenceFolder { get; } = Path.Combine(Path.GetTempPath(), $"evidence-{Guid.NewGuid():N}");

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        string attributes = string.Join(' ', ChangeNames.SearchAttributes.Select(name => $"--search-attribute {name}=Keyword"));
        _lab = await LabServers.StartAsync(new Dictionary<string, string> { ["TEMPORAL_ARGS"] = attributes }, "temporal", "kube");
        Admin = Kubeconfig.Load(_lab.Kubeconfig, null).Open(TimeProvider.System);
        ClusterUid = (await Admin.GetAsync(ResourceType.Namespaces, null, "kube-system", CancellationToken.None)).Uid();
        Client = await TemporalClient.ConnectAsync(new(_lab.TemporalAddress));
        _services = KubeLab.Activities(
            ("Clusters:lab:Kubeconfig", _lab.Kubeconfig),
            ("Evidence:Folder", EvidenceFolder),
            ("Tiers:T2:Approvals:peer", "0"),
            ("Roles:platform-admin:0", "carol"),
            ("Roles:team-lead:0", "dana"));
        _worker = new(Client, new TemporalWorkerOptions(Queue)
        {
            MaxCachedWorkflows = 0,
            MaxHeartbeatThrottleInterval = TimeSpan.FromSeconds(1),
            Interceptors = [.. Services.GetServices<IWorkerInterceptor>()],
        }
            .AddWorkflow<TouchWorkflow>().AddWorkflow<ClusterGuardWorkflow>().AddWorkflow<ApproveChangeWorkflow>()
            .AddAllActivities(Services.GetRequiredService<TargetActivities>())
            .AddAllActivities(Services.GetRequiredService<ObjectActivities>())
            .AddAllActivities(Services.GetRequiredService<LockActivities>())
            .AddAllActivities(Services.GetRequiredService<EvidenceActivities>()));
        _working = _worker.ExecuteAsync(_stop.Token);
    }

    /// <summary>A namespace with a ConfigMap <c>settings</c>.</summary>
    public async Task<ChangeTarget> NewTargetAsync(CancellationToken cancellationToken)
    {
        JsonObject space = new() { ["metadata"] = new JsonObject { ["generateName"] = "t-" } };
        string name = (await Admin.CreateAsync(ResourceType.Namespaces, null, space, cancellationToken)).Name();
        await Admin.CreateAsync(
            ResourceType.ConfigMaps,
            name,
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = TouchWorkflow.Name } },
            cancellationToken);
        return new ChangeTarget("lab", name);
    }

    public async Task<WorkflowHandle> StartAsync(ChangeTarget target, string change, OnFailure? onFailure = null) =>
        await Client.StartWorkflowAsync(
            TouchWorkflow.Type,
            [
                new TouchInput(
                    target,
                    new ChangeRequest
                    {
                        Mode = ChangeMode.Execute,
                        Reason = "tests the lock",
                        Actor = "unverified:alice",
                        OnFailure = onFailure,
                    },
                    change),
            ],
            new WorkflowOptions($"touch/{target}/{change}", Queue));

    /// <summary>The guard of the ConfigMap of a target.</summary>
    public string GuardOf(ChangeTarget target) => GuardId.OfObject(ClusterUid, target.Namespace!, TouchWorkflow.Name);

    /// <summary>The status of a run, once it is in a state.</summary>
    public static async Task<ChangeStatus> WaitForAsync(WorkflowHandle run, ChangeState state, CancellationToken cancellationToken)
    {
        while (true)
        {
            ChangeStatus status = await run.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
            if (status.State == state)
            {
                return status;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>The change that last wrote the ConfigMap of a target, and the mark that it left.</summary>
    public async Task<(string? By, string? Mark)> WrittenAsync(ChangeTarget target, CancellationToken cancellationToken)
    {
        JsonObject map = await Admin.GetAsync(ResourceType.ConfigMaps, target.Namespace, TouchWorkflow.Name, cancellationToken);
        return ((string?)map["data"]?["by"], (string?)map["metadata"]?["annotations"]?[GuardId.FenceAnnotation]);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await (_working ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            // Stopped above.
        }

        Dispose();
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }

        if (Directory.Exists(EvidenceFolder))
        {
            Directory.Delete(EvidenceFolder, recursive: true);
        }
    }

    public void Dispose()
    {
        _worker?.Dispose();
        _worker = null;
        _services?.Dispose();
        _services = null;
        Admin?.Dispose();
        _stop.Dispose();
    }

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<LockLab>;
}
