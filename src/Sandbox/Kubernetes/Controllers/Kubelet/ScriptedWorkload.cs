using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>The process of a pod that goes by a script.</summary>
internal sealed class ScriptedWorkload(PodScript script, TimeSpan duration, ControlLoop loop) : IPodWorkload
{
    private IDisposable? _ready;
    private IDisposable? _end;

    /// <inheritdoc/>
    public bool RunsIn(StoredObject pod) => true;

    /// <inheritdoc/>
    public void Start(IPodProcess process)
    {
        _ready = After(script.Start, process, "becomes ready", () => process.SetReady(true));
        _end = After(duration, process, "ends", () => process.Exit(script.ExitCode));
    }

    /// <inheritdoc/>
    public void Stop(IPodProcess process)
    {
        Kill(process);
        _end = After(script.Stop, process, "ends", () => process.Exit(script.StopExitCode));
    }

    /// <inheritdoc/>
    public void Kill(IPodProcess process)
    {
        _ready?.Dispose();
        _end?.Dispose();
    }

    private IDisposable? After(TimeSpan time, IPodProcess process, string what, Action act) => time == Timeout.InfiniteTimeSpan
        ? null
        : loop.After(time, $"the process of {process.Pod.Namespace}/{process.Pod.Name} {what}", act);
}
