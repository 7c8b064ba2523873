using System.Runtime.CompilerServices;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>
/// Looks into pods that go by a script: their logs tell when they started, served and ended, and they know a few commands. All of that is
/// read out of the pods' objects, so two looks at the same pod see the same.
/// </summary>
internal sealed class ScriptedPodRuntime(ObjectStore store) : IPodRuntime
{
    public IAsyncEnumerable<LogLine> ReadLog(PodLogRequest request, CancellationToken cancellationToken)
    {
        ObjectKey key = new(ResourceType.Pods, request.Namespace, request.Pod);
        long revision = store.Revision;
        StoredObject pod = store.Find(key) ?? throw StatusException.NotFound(key);
        if (ContainerLog.Of(pod, request.Container) is not { } log)
        {
            return AsyncEnumerable.Empty<LogLine>();
        }

        IEnumerable<LogLine> there = (request.Previous ? log.Before() : log.Present(ReadySince(pod)))
            .Where(line => line.At >= (request.Since ?? DateTimeOffset.MinValue));
        IReadOnlyList<LogLine> lines = [.. request.TailLines is { } tail ? there.TakeLast(tail) : there];
        return request is { Follow: true, Previous: false } && log.IsRunning
            ? FollowAsync(lines, log, key, request.Container, revision, cancellationToken)
            : lines.ToAsyncEnumerable();
    }

    public Task<int> ExecAsync(PodCommand command, CancellationToken cancellationToken)
    {
        ObjectKey key = new(ResourceType.Pods, command.Namespace, command.Pod);
        StoredObject pod = store.Find(key) ?? throw StatusException.NotFound(key);
        return new KnownCommands(pod, store.Clock).RunAsync(command, cancellationToken);
    }

    private async IAsyncEnumerable<LogLine> FollowAsync(
        IReadOnlyList<LogLine> there, ContainerLog log, ObjectKey pod, string container, long revision,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (LogLine line in there)
        {
            yield return line;
        }

        using StoreReader reader = store.WatchFrom(pod.Resource, revision, $"the log of {pod.Namespace}/{pod.Name} is followed");
        await foreach (StoreEvent change in reader.ReadAllAsync(cancellationToken))
        {
            if (change.Object.Key != pod)
            {
                continue;
            }

            if (change.Type == StoreEventType.Deleted || ContainerLog.Of(change.Object, container) is not { } now)
            {
                yield break;
            }

            foreach (LogLine line in now.Since(log, store.Clock.GetUtcNow()))
            {
                yield return line;
            }

            if (now.Run != log.Run || !now.IsRunning)
            {
                yield break;
            }

            log = now;
        }
    }

    private static DateTimeOffset ReadySince(StoredObject pod) => pod.Status.Items("conditions")
        .Where(each => each.Text("type") == "ContainersReady").Select(each => each.Time("lastTransitionTime") ?? default)
        .FirstOrDefault();
}
