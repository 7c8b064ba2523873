using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Loop;

/// <summary>
/// Brings the world of one kind nearer to what its objects ask for. Called by one thread at a time, and with every change read by then.
/// </summary>
internal interface IController
{
    /// <summary>As it signs its events, such as <c>statefulset-controller</c>.</summary>
    string Name { get; }

    /// <summary>Notes which keys a change concerns; the caches know of the change already.</summary>
    void Observe(StoreEvent change);

    /// <summary>Looks at one object as it is now, and does the next thing for it.</summary>
    void Reconcile(ObjectKey key);
}
