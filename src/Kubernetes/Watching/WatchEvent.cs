using System.Text.Json.Nodes;
using k8s;

namespace Orchestrator.Kubernetes;

/// <summary>One change of a watched collection.</summary>
public sealed record WatchEvent(WatchEventType Type, JsonObject Object)
{
    /// <summary>Whether this bookmark says that all objects that were there at the beginning have been told.</summary>
    public bool EndsInitialList => Type == WatchEventType.Bookmark && Object.Annotation(InitialEventsEnd) == "true";

    internal const string InitialEventsEnd = "k8s.io/initial-events-end";
}
