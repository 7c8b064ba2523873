using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Pods;

/// <summary>The log of a container that goes by a script: what its status says has happened to it, a line each.</summary>
internal sealed class ContainerLog
{
    private readonly JsonElement _status;
    private readonly string _container;
    private readonly string _pod;

    private ContainerLog(StoredObject pod, string container, JsonElement status) =>
        (_pod, _container, _status) = (pod.Name, container, status);

    /// <summary>Which of the container's runs it is of now, so that one who follows it sees the end of that run.</summary>
    public string? Run => _status.Text("containerID");

    /// <summary>Whether the container runs.</summary>
    public bool IsRunning => _status.At("state", "running") is not null;

    private bool Serves => _status.Flag("ready");

    /// <summary>The log of a container; null where the pod has no host yet, which writes nothing.</summary>
    public static ContainerLog? Of(StoredObject pod, string container)
    {
        foreach (string kind in (string[])["containerStatuses", "initContainerStatuses"])
        {
            foreach (JsonElement status in pod.Status.Items(kind).Where(each => each.Text("name") == container))
            {
                return new ContainerLog(pod, container, status);
            }
        }

        return null;
    }

    /// <summary>What the present run has written, or, of a container that waits to be started again, the run before.</summary>
    /// <exception cref="StatusException">It has not run yet.</exception>
    public IReadOnlyList<LogLine> Present(DateTimeOffset readySince)
    {
        if (_status.At("state", "running") is { } running)
        {
            LogLine start = Started(running);
            return Serves ? [start, Served(readySince)] : [start];
        }

        return _status.At("state", "terminated") is { } ended ? [Started(ended), Ended(ended)]
            : _status.At("lastState", "terminated") is { } last ? [Started(last), Ended(last)]
            : throw StatusException.BadRequest($"container \"{_container}\" in pod \"{_pod}\" is waiting to start: {Waiting}");
    }

    /// <summary>What the run before has written.</summary>
    /// <exception cref="StatusException">There was none.</exception>
    public IReadOnlyList<LogLine> Before() => _status.At("lastState", "terminated") is { } last
        ? [Started(last), Ended(last)]
        : throw StatusException.BadRequest($"previous terminated container \"{_container}\" in pod \"{_pod}\" not found");

    /// <summary>What has been written since another look at the same run.</summary>
    /// <param name="earlier">The log as it was then.</param>
    /// <param name="now">When that was found.</param>
    public IEnumerable<LogLine> Since(ContainerLog earlier, DateTimeOffset now)
    {
        JsonElement? ended = Run == earlier.Run ? _status.At("state", "terminated") : _status.At("lastState", "terminated");
        if (Run == earlier.Run && IsRunning && Serves != earlier.Serves)
        {
            yield return Serves ? Served(now) : new LogLine(now, $"{_container} no longer serves");
        }
        else if (ended is { } end)
        {
            yield return Ended(end);
        }
    }

    private string Waiting => _status.Text("state", "waiting", "reason") switch
    {
        "ErrImagePull" or "ImagePullBackOff" => "trying and failing to pull image",
        { } reason => reason,
        null => "ContainerCreating",
    };

    private LogLine Started(JsonElement state) => new(
        state.Time("startedAt") ?? default, $"{_container} starts, image {_status.Text("image")}");

    private LogLine Served(DateTimeOffset at) => new(at, $"{_container} serves");

    private LogLine Ended(JsonElement state) => new(
        state.Time("finishedAt") ?? default, $"{_container} ends with exit code {state.Number("exitCode")}");
}
