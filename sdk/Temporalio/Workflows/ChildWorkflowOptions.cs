using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>How a workflow starts a child.</summary>
public class ChildWorkflowOptions : ICloneable
{
    /// <summary>Cancels the child. Default: the workflow's own token.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>What the parent sees when the token is cancelled. Default: it waits for the child's end.</summary>
    public ChildWorkflowCancellationType CancellationType { get; set; } = ChildWorkflowCancellationType.WaitCancellationCompleted;

    /// <summary>A cron expression to run the child by. Default: none.</summary>
    public string? CronSchedule { get; set; }

    /// <summary>The longest time of the child over all its runs. Default: unlimited.</summary>
    public TimeSpan? ExecutionTimeout { get; set; }

    /// <summary>The child's workflow id. Default: a random one.</summary>
    public string? Id { get; set; }

    /// <summary>Whether the id of a closed workflow may be used again. Default: yes.</summary>
    public WorkflowIdReusePolicy IdReusePolicy { get; set; } = WorkflowIdReusePolicy.AllowDuplicate;

    /// <summary>Values that are listed with the child. Default: none.</summary>
    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    /// <summary>What becomes of the child when the parent closes. Default: it is terminated.</summary>
    public ParentClosePolicy ParentClosePolicy { get; set; } = ParentClosePolicy.Terminate;

    /// <summary>The order in the task queue. Default: that of the parent.</summary>
    public Priority? Priority { get; set; }

    /// <summary>How the server retries a failed child. Default: not at all.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>The longest time of one run. Default: <see cref="ExecutionTimeout"/>.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>Markdown of any length for people, shown with the child. Default: none.</summary>
    public string? StaticDetails { get; set; }

    /// <summary>One line of Markdown for people, shown with the child. Default: none.</summary>
    public string? StaticSummary { get; set; }

    /// <summary>The task queue of the child's workers. Default: that of the parent.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>The longest time of one workflow task. Default: the server's, 10 seconds.</summary>
    public TimeSpan? TaskTimeout { get; set; }

    /// <summary>Search attributes of the child. Default: none.</summary>
    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    /// <summary>Which build may run the child, for workers versioned by build id.</summary>
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
