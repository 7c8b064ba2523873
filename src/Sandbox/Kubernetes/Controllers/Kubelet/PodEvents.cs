using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>What a kubelet tells of a pod, in the words of the real one.</summary>
/// <param name="recorder">Writes the events.</param>
/// <param name="node">The kubelet's node.</param>
/// <param name="newest">The pod as it was last told.</param>
internal sealed class PodEvents(EventRecorder recorder, string node, Func<StoredObject> newest)
{
    private readonly EventSource _source = new("kubelet", node);

    public void VolumesMissing(string what) => recorder.Warning(_source, newest(), "FailedMount", what);

    public void ImagePresent(JsonElement container) => Normal(
        container,
        "Pulled",
        $"Container image \"{Image(container)}\" already present on machine and can be accessed by the pod");

    public void Pulling(JsonElement container) => Normal(container, "Pulling", $"Pulling image \"{Image(container)}\"");

    public void Pulled(JsonElement container, TimeSpan time)
    {
        string took = $"{time.TotalSeconds:0.###}s";
        Normal(
            container,
            "Pulled",
            $"Successfully pulled image \"{Image(container)}\" in {took} ({took} including waiting). Image size: 536870912 bytes.");
    }

    /// <param name="container">The container.</param>
    /// <param name="why">The answer of the container runtime.</param>
    public void PullFailed(JsonElement container, string why)
    {
        Warning(container, "Failed", $"Failed to pull image \"{Image(container)}\": {why}");
        Warning(container, "Failed", "Error: ErrImagePull");
    }

    public void PullBacksOff(JsonElement container)
    {
        Normal(container, "BackOff", $"Back-off pulling image \"{Image(container)}\"");
        Warning(container, "Failed", "Error: ImagePullBackOff");
    }

    public void Started(JsonElement container)
    {
        Normal(container, "Created", $"Created container: {Name(container)}");
        Normal(container, "Started", $"Started container {Name(container)}");
    }

    public void ProbeFailed(JsonElement container) =>
        Warning(container, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503");

    public void RestartBacksOff(JsonElement container, string fullName) =>
        Warning(container, "BackOff", $"Back-off restarting failed container {Name(container)} in pod {fullName}");

    public void Stopping(JsonElement container) => Normal(container, "Killing", $"Stopping container {Name(container)}");

    private static string Name(JsonElement container) => container.Text("name")!;

    private static string Image(JsonElement container) => container.Text("image") ?? "";

    private void Normal(JsonElement container, string reason, string message) =>
        recorder.Normal(_source, newest(), reason, message, FieldPath(container));

    private void Warning(JsonElement container, string reason, string message) =>
        recorder.Warning(_source, newest(), reason, message, FieldPath(container));

    private string FieldPath(JsonElement container)
    {
        bool isInit = newest().Spec.Items("initContainers").Any(each => Name(each) == Name(container));
        return $"spec.{(isInit ? "initContainers" : "containers")}{{{Name(container)}}}";
    }
}
