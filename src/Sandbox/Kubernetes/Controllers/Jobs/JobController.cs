using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Jobs;

/// <summary>
/// Runs the pods of Jobs until enough of them have succeeded or too many have failed. A pod that has ended is counted once: a finalizer
/// holds it until it is.
/// </summary>
internal sealed class JobController(ControlContext context) : IController
{
    private const string Tracking = "batch.kubernetes.io/job-tracking";
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(10);
    private static readonly GroupResource Jobs = ResourceType.Jobs;
    private static readonly EventSource Source = new("job-controller");

    public string Name => "job-controller";

    public void Observe(StoreEvent change) => context.EnqueueOwn(this, change, Jobs, "Job");

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } job)
        {
            return;
        }

        if (JobProgress.IsFinished(job))
        {
            Expire(job);
            return;
        }

        List<PodFacts> pods = [.. context.Pods.ControlledBy(job.Uid)];
        JobProgress progress = Count(job, pods);
        string? failure = FailureOf(job, progress);
        bool isComplete = failure is null && progress.Succeeded >= progress.Completions;
        List<PodFacts> active = [.. pods.Where(pod => !pod.HasEnded && !pod.IsTerminating)];
        bool isSuspended = job.Spec.Flag("suspend");
        if (failure is not null || isComplete || isSuspended)
        {
            foreach (PodFacts pod in active)
            {
                Let(pod);
                context.Delete(pod.Object);
                context.Events.Normal(Source, job, "SuccessfulDelete", $"Deleted pod: {pod.Name}");
            }

            active = [];
        }
        else if (!job.IsBeingDeleted)
        {
            Start(job, progress, active);
        }

        Write(job, progress, active, failure, isComplete);
        SetDeadline(job);
    }

    // Counts what has ended since the last look, and lets it go.
    private JobProgress Count(StoredObject job, List<PodFacts> pods)
    {
        JobProgress progress = JobProgress.Of(job);
        foreach (PodFacts pod in pods.Where(pod => (pod.HasEnded || pod.IsTerminating) && IsTracked(pod)))
        {
            if (pod.HasEnded || !pod.IsTerminating)
            {
                progress = pod.Phase == "Succeeded"
                    ? progress with { Succeeded = progress.Succeeded + 1 }
                    : progress with { Failed = progress.Failed + 1, LastFailure = context.Now };
            }
            else
            {
                progress = progress with { Failed = progress.Failed + 1, LastFailure = context.Now };
            }

            Let(pod);
        }

        return progress;
    }

    private string? FailureOf(StoredObject job, JobProgress progress) =>
        progress.Failed > (job.Spec.Number("backoffLimit") ?? 6) ? "BackoffLimitExceeded"
        : DeadlineOf(job) is { } deadline && deadline <= context.Now ? "DeadlineExceeded"
        : null;

    private void Start(StoredObject job, JobProgress progress, List<PodFacts> active)
    {
        int parallelism = (int)(job.Spec.Number("parallelism") ?? 1);
        int wanted = Math.Min(parallelism, progress.Completions - progress.Succeeded);
        if (active.Count < wanted && progress.LastFailure is { } last)
        {
            TimeSpan wait = TimeSpan.FromTicks(Math.Min(
                FirstBackOff.Ticks << Math.Clamp(progress.Failed - 1, 0, 10), LongestBackOff.Ticks));
            if (last + wait > context.Now)
            {
                context.Loop.EnqueueAfter(last + wait - context.Now, $"job {job.Name} tries again", this, job.Key);
                return;
            }
        }

        for (int missing = wanted - active.Count; missing > 0; missing--)
        {
            try
            {
                JsonObject rendered = PodTemplate.Render(job, $"{job.Name}-");
                rendered.Part("metadata").List("finalizers").Add(Tracking);
                StoredObject pod = context.Api.Create(ResourceType.Pods, rendered);
                context.Events.Normal(Source, job, "SuccessfulCreate", $"Created pod: {pod.Name}");
                active.Add(new PodFacts(pod));
            }
            catch (StatusException e)
            {
                context.Events.Warning(Source, job, "FailedCreate", $"Error creating: {e.Message}");
                throw;
            }
        }
    }

    private void Write(StoredObject job, JobProgress progress, List<PodFacts> active, string? failure, bool isComplete)
    {
        int ready = active.Count(pod => pod.IsReady);
        context.UpdateStatus(job.Key, obj => progress.WriteTo(obj, active.Count, ready, failure, isComplete, context.Now));
        if (isComplete)
        {
            context.Events.Normal(Source, job, "Completed", "Job completed");
        }
        else if (failure is not null)
        {
            context.Events.Warning(Source, job, failure, JobProgress.SentenceOf(failure));
        }
    }

    private void SetDeadline(StoredObject job)
    {
        if (DeadlineOf(job) is { } deadline && deadline > context.Now)
        {
            context.Loop.EnqueueAfter(deadline - context.Now, $"job {job.Name} has been active too long", this, job.Key);
        }
    }

    private static DateTimeOffset? DeadlineOf(StoredObject job) =>
        job.Spec.Number("activeDeadlineSeconds") is { } seconds && job.Status.Time("startTime") is { } started
            ? started.AddSeconds(seconds)
            : null;

    private void Expire(StoredObject job)
    {
        foreach (PodFacts pod in context.Pods.ControlledBy(job.Uid).Where(IsTracked).ToList())
        {
            Let(pod);
        }

        if (job.Spec.Number("ttlSecondsAfterFinished") is not { } seconds || job.IsBeingDeleted)
        {
            return;
        }

        TimeSpan left = JobProgress.FinishedAt(job).AddSeconds(seconds) - context.Now;
        if (left <= TimeSpan.Zero)
        {
            context.Delete(job, propagation: "Foreground");
        }
        else
        {
            context.Loop.EnqueueAfter(left, $"job {job.Name} expires", this, job.Key);
        }
    }

    private static bool IsTracked(PodFacts pod) => pod.Object.Metadata.Items("finalizers").Any(each => each.GetString() == Tracking);

    private void Let(PodFacts pod)
    {
        if (context.Store.Find(pod.Key) is not { } found || found.Uid != pod.Uid)
        {
            return;
        }

        context.Api.Update(pod.Key, obj =>
        {
            JsonObject metadata = obj.Part("metadata");
            List<JsonNode?> kept =
                [.. (metadata["finalizers"] as JsonArray ?? []).Where(each => (string?)each != Tracking).Select(each => each?.DeepClone())];
            metadata.Remove("finalizers");
            if (kept.Count > 0)
            {
                metadata["finalizers"] = new JsonArray([.. kept]);
            }

            return true;
        });
    }
}
