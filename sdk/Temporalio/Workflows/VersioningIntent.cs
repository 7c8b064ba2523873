namespace Temporalio.Workflows;

/// <summary>Which build may take work that a workflow creates, for workers versioned by build id.</summary>
public enum VersioningIntent
{
    /// <summary>The same build for work on the workflow's own task queue, the current default elsewhere.</summary>
    Unspecified = 0,

    /// <summary>A build that is compatible with the workflow's own.</summary>
    Compatible = 1,

    /// <summary>The current default build of the task queue.</summary>
    CurrentDefault = 2,
}
