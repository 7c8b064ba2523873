using Orchestrator.Sandbox.Temporal.Deployments;
using Orchestrator.Sandbox.Temporal.Queues;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Workflow.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>All that a run begins with, whoever starts it: a client, a parent, a schedule, or the run before it.</summary>
internal sealed record RunSpec
{
    public required string WorkflowId { get; init; }

    public required string Type { get; init; }

    public required string TaskQueue { get; init; }

    public Payloads? Input { get; init; }

    /// <summary>Of the whole chain of runs; zero for none.</summary>
    public TimeSpan ExecutionTimeout { get; init; }

    /// <summary>Of this run; zero for none.</summary>
    public TimeSpan RunTimeout { get; init; }

    public TimeSpan TaskTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public string Identity { get; init; } = "";

    public string RequestId { get; init; } = "";

    public RetryPolicy? RetryPolicy { get; init; }

    public string CronSchedule { get; init; } = "";

    public Memo? Memo { get; init; }

    public SearchAttributes? SearchAttributes { get; init; }

    public Header? Header { get; init; }

    public UserMetadata? UserMetadata { get; init; }

    public Priority? Priority { get; init; }

    /// <summary>How long the first workflow task waits: a start delay, a retry's backoff, or cron.</summary>
    public TimeSpan Backoff { get; init; }

    /// <summary>Whether <see cref="Backoff"/> is a start delay, which another start with a signal ends.</summary>
    public bool IsStartDelay { get; init; }

    /// <summary>The worker that takes the first workflow task with the answer to its start; null for whoever polls.</summary>
    public Poller? EagerWorker { get; init; }

    /// <summary>The signal that it is started with; null for none.</summary>
    public FirstSignal? Signal { get; init; }

    public RunParent? Parent { get; init; }

    public WorkflowExecution? Root { get; init; }

    /// <summary>The run before it in the chain; empty for the first.</summary>
    public string ContinuedRunId { get; init; } = "";

    public ContinueAsNewInitiator Initiator { get; init; }

    /// <summary>The first run of the chain; empty where that is this one.</summary>
    public string FirstRunId { get; init; } = "";

    public int Attempt { get; init; } = 1;

    public Failure? LastFailure { get; init; }

    public Payloads? LastResult { get; init; }

    /// <summary>The build that it takes over from its parent or predecessor; null for none.</summary>
    public WorkerBuild? PinnedTo { get; init; }

    /// <summary>What is set over what its worker says of its version; null for nothing.</summary>
    public VersioningOverride? Override { get; init; }

    /// <summary>Where the runs before it were first worked on by a build; null for none.</summary>
    public ResetPoints? ResetPoints { get; init; }

    /// <summary>When the whole chain of runs is out of time; null for never.</summary>
    public DateTimeOffset? Expiration { get; init; }
}

/// <summary>A signal that comes with the start of its workflow.</summary>
internal sealed record FirstSignal(string Name, Payloads? Input, string Identity, Header? Header);

/// <summary>The workflow that started a run as its child.</summary>
/// <param name="Run">The parent's run, which need not be open any more.</param>
/// <param name="InitiatedId">Its event that began this child.</param>
internal sealed record RunParent(WorkflowRun Run, long InitiatedId);
