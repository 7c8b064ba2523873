using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers;
using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Commands;

/// <summary><c>kubectl</c> and <c>helm</c> print the same of a cluster in the box as they did of a real one.</summary>
[Trait("Category", "Lab")]
public sealed class CommandBoxTests : IAsyncLifetime
{
    // As the pods of the lab, which run after a second.
    private static readonly PodScript Pods = new() { Pull = TimeSpan.Zero, Init = TimeSpan.Zero, Start = TimeSpan.FromSeconds(1) };

    private KubernetesBox _box = null!;
    private ControlPlane _plane = null!;

    public async Task InitializeAsync()
    {
        _box = await KubernetesBox.StartAsync();
        _plane = ControlPlane.Start(_box.Api, _box.Time, new ControlPlaneOptions
        {
            Script = pod => pod.Spec.GetProperty("containers")[0].GetProperty("image").GetString() == "lab/never-ready"
                ? Pods with { Start = Timeout.InfiniteTimeSpan }
                : Pods,
        });
        _plane.AddNodes(3);
    }

    public async Task DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _box.DisposeAsync();
    }

    [LabTheory]
    [MemberData(nameof(CommandScript.Names), MemberType = typeof(CommandScript))]
    public async Task Script_PrintsTheSame(string name)
    {
        string transcript = await new CommandScript(name, _box.Kubeconfig()).RunAsync();
        string differences = CommandScript.Differences(CommandScript.Expected(name), transcript);

        Assert.True(differences.Length == 0, differences);
    }
}
