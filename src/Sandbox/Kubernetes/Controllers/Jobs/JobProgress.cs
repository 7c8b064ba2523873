using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Jobs;

/// <summary>How far a Job is, by the pods that have ended.</summary>
internal sealed record JobProgress(int Completions, int Succeeded, int Failed)
{
    /// <summary>When a pod failed last, as far as it was seen just now.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    public static JobProgress Of(StoredObject job) => new(
        (int)(job.Spec.Number("completions") ?? job.Spec.Number("parallelism") ?? 1),
        (int)(job.Status.Number("succeeded") ?? 0),
        (int)(job.Status.Number("failed") ?? 0));

    /// <summary>Whether it has ended, well or not.</summary>
    public static bool IsFinished(StoredObject job) =>
        job.Status.Items("conditions").Any(each => each.Text("type") is "Complete" or "Failed" && each.Text("status") == "True");

    /// <summary>When it ended.</summary>
    public static DateTimeOffset FinishedAt(StoredObject job) => job.Status.Items("conditions")
        .Where(each => each.Text("type") is "Complete" or "Failed").Select(each => each.Time("lastTransitionTime")).Max() ?? default;

    /// <summary>What the controller says of a failure.</summary>
    public static string SentenceOf(string failure) => failure == "DeadlineExceeded"
        ? "Job was active longer than specified deadline"
        : "Job has reached the specified backoff limit";

    /// <summary>Writes it into the status; false where nothing is different.</summary>
    public bool WriteTo(JsonObject obj, int active, int ready, string? failure, bool isComplete, DateTimeOffset now)
    {
        JsonObject status = obj.Part("status");
        string before = status.ToJsonString();
        status["startTime"] ??= ObjectStore.Timestamp(now);
        foreach ((string name, int count) in new[] { ("active", active), ("succeeded", Succeeded), ("failed", Failed) })
        {
            status.Remove(name);
            if (count > 0)
            {
                status[name] = count;
            }
        }

        status["terminating"] ??= 0;
        status["ready"] = ready;
        status["uncountedTerminatedPods"] ??= new JsonObject();
        if (isComplete)
        {
            status["completionTime"] = ObjectStore.Timestamp(now);
            const string Message = "Reached expected number of succeeded pods";
            Add(obj, "SuccessCriteriaMet", "CompletionsReached", Message, now);
            Add(obj, "Complete", "CompletionsReached", Message, now);
        }
        else if (failure is not null)
        {
            Add(obj, "FailureTarget", failure, SentenceOf(failure), now);
            Add(obj, "Failed", failure, SentenceOf(failure), now);
        }

        return status.ToJsonString() != before;
    }

    private static void Add(JsonObject obj, string type, string reason, string message, DateTimeOffset now)
    {
        Conditions.Set(obj, type, "True", reason, message, now);
        ((JsonArray)obj["status"]!["conditions"]!).First(each => (string?)each!["type"] == type)!["lastProbeTime"] =
            ObjectStore.Timestamp(now);
    }
}
