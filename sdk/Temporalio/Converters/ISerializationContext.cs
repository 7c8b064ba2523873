using Temporalio.Activities;

namespace Temporalio.Converters;

/// <summary>What a value belongs to, for converters and codecs that depend on it, such as one key for each workflow.</summary>
public interface ISerializationContext
{
    /// <summary>A context that names a workflow.</summary>
    interface IHasWorkflow : ISerializationContext
    {
        /// <summary>The namespace.</summary>
        string Namespace { get; }

        /// <summary>The workflow id; null outside workflows.</summary>
        string? WorkflowId { get; }
    }

    /// <summary>The value belongs to an activity.</summary>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="ActivityId">The activity id; only for activities outside workflows.</param>
    /// <param name="WorkflowId">The id of the workflow that calls the activity.</param>
    /// <param name="WorkflowType">The type of the workflow that calls the activity.</param>
    /// <param name="ActivityType">The activity type; not always known.</param>
    /// <param name="ActivityTaskQueue">The activity's task queue; not always known.</param>
    /// <param name="IsLocal">Whether the activity is a local one.</param>
    sealed record Activity(
        string Namespace,
        string? ActivityId,
        string? WorkflowId,
        string? WorkflowType,
        string? ActivityType,
        string? ActivityTaskQueue,
        bool IsLocal) : IHasWorkflow
    {
        /// <summary>Initializes the context of an activity from inside it; the same as that of the workflow that calls it.</summary>
        public Activity(ActivityInfo info)
            : this(
                info.Namespace,
                info.IsWorkflowActivity ? null : info.ActivityId,
                info.WorkflowId,
                info.WorkflowType,
                info.ActivityType,
                info.TaskQueue,
                info.IsLocal)
        {
        }
    }

    /// <summary>The value belongs to a workflow.</summary>
    /// <param name="Namespace">The namespace.</param>
    /// <param name="WorkflowId">The workflow id.</param>
    sealed record Workflow(string Namespace, string WorkflowId) : IHasWorkflow;
}
