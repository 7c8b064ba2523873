using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>
/// What runs in the containers of some pods in place of the script, such as a model of Kafka. It is called by one thread, which it does
/// not keep waiting, and says by <see cref="IPodProcess"/> how the process goes on.
/// </summary>
public interface IPodWorkload
{
    /// <summary>Whether it runs in a pod.</summary>
    bool RunsIn(StoredObject pod);

    /// <summary>The containers of a pod are started.</summary>
    void Start(IPodProcess process);

    /// <summary>The process is sent SIGTERM: the pod is to go. It is killed where it has not ended within its grace period.</summary>
    void Stop(IPodProcess process);

    /// <summary>The process is killed, and gone when this returns; nothing more is asked of it.</summary>
    void Kill(IPodProcess process);
}

/// <summary>The process in a pod's containers, from one start to its end. What is said of it later than that changes nothing.</summary>
public interface IPodProcess
{
    /// <summary>The pod, as it was when the process was started.</summary>
    StoredObject Pod { get; }

    /// <summary>The process serves, or no longer does. From any thread.</summary>
    void SetReady(bool isReady);

    /// <summary>The process has ended by itself, or because it was stopped. From any thread.</summary>
    void Exit(int exitCode);
}
